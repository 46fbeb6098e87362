import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ChatLog, T0, useChatLogs } from '../../../test/chat-log.ts'
import { AppError } from '../../shared/errors.ts'
import type { Change } from './chat.records.types.ts'
import { changesSince, positionsOf } from './chat.repository.reads.ts'
import { chatLog } from './chat.repository.ts'
import { unreadIn } from './reading.repository.ts'
import { searchMessages } from './search.repository.ts'

// The log against a model that is plain objects: whatever people do, in whatever commits it ends up together.

const newChatLog = useChatLogs()
const PEOPLE = ['an', 'binh', 'chi']
const WORDS = ['đào', 'tạo', 'học', 'bài']

interface Modelled {
  id: string
  seq: number
  rev: number
  author: string
  text: string
  reactions: Map<string, Set<string>>
  pinned: boolean
  deleted: boolean
}

class Model {
  readonly messages: Modelled[] = []
  readonly byClientId = new Map<string, Modelled>()
  lastRev = 0

  send(id: string, author: string, text: string, clientId: string): string {
    const key = `${author} ${clientId}`
    if (this.byClientId.has(key)) return 'repeated'
    const message = {
      id,
      seq: this.messages.length + 1,
      rev: ++this.lastRev,
      author,
      text,
      reactions: new Map<string, Set<string>>(),
      pinned: false,
      deleted: false,
    }
    this.messages.push(message)
    this.byClientId.set(key, message)
    return 'created'
  }

  edit(message: Modelled, actor: string, text: string): string {
    if (message.author !== actor) return 'FORBIDDEN'
    if (message.deleted) return 'CONFLICT'
    if (message.text === text) return 'unchanged'
    return this.#changed(message, { text })
  }

  remove(message: Modelled, actor: string, staff: boolean): string {
    if (message.author !== actor && !staff) return 'FORBIDDEN'
    if (message.deleted) return 'unchanged'
    this.#changed(message, { text: '', deleted: true, reactions: new Map() })
    return 'deleted'
  }

  react(message: Modelled, actor: string, emoji: string): string {
    if (message.deleted) return 'CONFLICT'
    const who = message.reactions.get(emoji) ?? new Set()
    if (who.has(actor)) return 'unchanged'
    message.reactions.set(emoji, who.add(actor))
    return this.#changed(message, {})
  }

  unreact(message: Modelled, actor: string, emoji: string): string {
    if (message.deleted) return 'CONFLICT'
    const who = message.reactions.get(emoji)
    if (!who?.delete(actor)) return 'unchanged'
    if (who.size === 0) message.reactions.delete(emoji)
    return this.#changed(message, {})
  }

  pin(message: Modelled, pinned: boolean): string {
    if (pinned && message.deleted) return 'CONFLICT'
    if (message.pinned === pinned) return 'unchanged'
    return this.#changed(message, { pinned })
  }

  #changed(message: Modelled, change: Partial<Modelled>): string {
    Object.assign(message, change, { rev: ++this.lastRev })
    return 'updated'
  }
}

const step = fc.record({
  kind: fc.constantFrom('send', 'send', 'send', 'edit', 'remove', 'react', 'unreact', 'pin', 'unpin'),
  actor: fc.constantFrom(...PEOPLE),
  target: fc.nat(1000),
  text: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  emoji: fc.constantFrom('👍', '🎉'),
  clientId: fc.nat(30).map(String),
  staff: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Does the same to both. What is expected is known at once, since writes take effect in the order of the calls. */
function perform(log: ChatLog, model: Model, { kind, actor, target, text, emoji, clientId, staff }: Step, id: string) {
  const message = model.messages[target % Math.max(1, model.messages.length)]
  if (kind === 'send' || message === undefined) {
    return { actual: log.send(actor, text, { id, clientId }), expected: model.send(id, actor, text, clientId) }
  }
  const on = { messageId: message.id, courseId: log.c1, now: T0 }
  const { database } = log
  switch (kind) {
    case 'edit':
      return {
        actual: database.write(chatLog.edit, { ...on, actorId: actor, message: text }),
        expected: model.edit(message, actor, text),
      }
    case 'remove':
      return {
        actual: database.write(chatLog.remove, { ...on, actorId: actor, staff }),
        expected: model.remove(message, actor, staff),
      }
    case 'react':
      return {
        actual: database.write(chatLog.react, { ...on, userId: actor, emoji }),
        expected: model.react(message, actor, emoji),
      }
    case 'unreact':
      return {
        actual: database.write(chatLog.unreact, { ...on, userId: actor, emoji }),
        expected: model.unreact(message, actor, emoji),
      }
    case 'pin':
      return { actual: database.write(chatLog.pin, on), expected: model.pin(message, true) }
    default:
      return { actual: database.write(chatLog.unpin, on), expected: model.pin(message, false) }
  }
}

const outcomeOf = (change: Promise<Change>): Promise<string> =>
  change.then(
    ({ outcome }) => outcome,
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

async function expectSame(log: ChatLog, model: Model): Promise<void> {
  const courseId = log.c1
  const { messages } = await changesSince(log.database, { courseId, sinceRev: 0, limit: 1000 })
  const actual = messages.map((message) => ({
    id: message.id,
    seq: message.seq,
    rev: message.rev,
    author: message.user_id,
    text: message.message,
    reactions: new Map(message.reactions.map(({ emoji, user_ids }) => [emoji, new Set(user_ids)])),
    pinned: message.pinned_at !== null,
    deleted: message.deleted_at !== null,
  }))
  expect(actual).toEqual(model.messages.toSorted((a, b) => a.rev - b.rev))
  expect(await positionsOf(log.database, courseId)).toEqual({ lastSeq: model.messages.length, lastRev: model.lastRev })
  const standing = model.messages.filter(({ deleted }) => !deleted)
  for (const person of PEOPLE) {
    const [unread] = await unreadIn(log.database, person, [courseId])
    expect(unread?.unread).toBe(standing.filter(({ author }) => author !== person).length)
  }
  const found = await searchMessages(log.database, { courseId, query: 'dao', limit: 1000 })
  expect(found.items.map(({ message }) => message.seq)).toEqual(
    standing
      .filter(({ text }) => text.includes('đào'))
      .map(({ seq }) => seq)
      .toReversed(),
  )
}

it('after any changes, in any commits, the log, its numbers, unread and search are the model’s', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), fc.uuid(), async (steps, prefix) => {
      const log = await newChatLog()
      const model = new Model()
      const done = steps.map((each, i) => perform(log, model, each, `${prefix}-${log.c1}-${i}`))
      expect(await Promise.all(done.map(({ actual }) => outcomeOf(actual)))).toEqual(
        done.map(({ expected }) => expected),
      )
      await expectSame(log, model)
    }),
    { numRuns: 40 },
  )
})
