import { type MessageRecord, messageRecord, wireError } from '@lectern/protocol'
import { expect } from 'vitest'
import { z } from 'zod'
import { readLog } from '../chat/read-log.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import type { SmallDisk } from '../harness/small-disk.ts'
import { TestApi } from '../harness/test-api.ts'
import { TestClient } from '../harness/test-client.ts'
import { signTestToken } from '../harness/test-token.ts'

const SENDERS = 4
const IN_FLIGHT = 4
/** So many changes are under way as long as acks come. */
const UNDER_WAY = SENDERS * IN_FLIGHT
/** So many bytes at most are left of a disk that is full. */
const NEARLY_FULL = 65_536
const COURSE = 'crash'

/** In which a server is ready again. */
export const BACK_MS = 30_000

export const noLimits = { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0', LOG_LEVEL: 'info' }

/** What has been sent, by `client_id`, and by whom; and what of it was acked, which the server may not forget. */
export class Books {
  readonly sent = new Map<string, string>()
  readonly acked = new Map<string, MessageRecord>()
  /** How often somebody was told that the database had gone. */
  refused = 0
}

const tokenOf = (userId: string) =>
  signTestToken({ sub: userId, courses: { [COURSE]: userId === 'sender-0' ? 'teacher' : 'student' } }, Date.now())

/** As `killUnderLoad`, by a disk that is full: each change under way is refused. */
export async function fillUnderLoad(
  server: ServerProcess,
  round: number,
  books: Books,
  disk: SmallDisk,
): Promise<void> {
  const before = books.refused
  await killUnderLoad(server, round, books, () => disk.leave(Math.floor(Math.random() * NEARLY_FULL)))
  expect(books.refused - before).toBe(UNDER_WAY)
}

/**
 * Everybody sends and edits as fast as acks come; after a random number of them `kill` takes away what keeps them coming.
 * Resolves when nobody sends any more.
 * @param round makes the keys of what is sent its own
 * @param comesBack acks come again by themselves: nobody waits to be refused once `kill` is done
 */
export async function killUnderLoad(
  server: ServerProcess,
  round: number,
  books: Books,
  kill: () => Promise<unknown>,
  { comesBack = false } = {},
): Promise<void> {
  const lives = 10 + Math.floor(Math.random() * 150)
  let acks = 0
  let killed: Promise<unknown> | undefined
  let isOver = false
  const failed = Promise.withResolvers<never>()
  const onAck = (clientId: string, message: MessageRecord): boolean => {
    books.acked.set(clientId, message)
    if (++acks >= lives)
      killed ??= kill().then(() => {
        isOver = comesBack
      }, failed.reject)
    return !isOver
  }
  const senders = Array.from({ length: SENDERS }, async (_, index) => {
    const senderId = `sender-${index}`
    await using client = await TestClient.connect(server.url, { auth: { token: await tokenOf(senderId) } })
    const lanes = Array.from({ length: IN_FLIGHT }, (_, lane) =>
      sendUntilGone(client, `${round}-${index}-${lane}`, {
        onSend: (clientId) => books.sent.set(clientId, senderId),
        onAck,
        onRefusal: () => void books.refused++,
      }),
    )
    await Promise.all(lanes)
  })
  await Promise.race([Promise.all(senders), failed.promise])
  await killed
}

interface Lane {
  onSend(clientId: string): void
  /** @returns whether to go on */
  onAck(clientId: string, message: MessageRecord): boolean
  onRefusal(): void
}

async function sendUntilGone(client: TestClient, lane: string, { onSend, onAck, onRefusal }: Lane): Promise<void> {
  for (let index = 0; client.socket.connected; index++) {
    const clientId = `${lane}-${index}`
    onSend(clientId)
    const message = await ackOrEnd(client, 'chat:send_message', {
      course_id: COURSE,
      message: `tin nhắn ${clientId}`,
      client_id: clientId,
    })
    if (message === 'refused') return onRefusal()
    if (message === 'ended' || !onAck(clientId, message)) return
    if (index % 3 !== 0) continue
    const edited = await ackOrEnd(client, 'chat:edit_message', { message_id: message.id, message: `sửa ${clientId}` })
    if (edited === 'refused') return onRefusal()
    if (edited === 'ended' || !onAck(clientId, edited)) return
  }
}

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: messageRecord }),
  z.object({ ok: z.literal(false), error: wireError.extend({ code: z.literal('UNAVAILABLE') }) }),
])

/** The acked message, or whether the server says that its database has gone, or the connection ends before it says anything. */
async function ackOrEnd(client: TestClient, event: string, payload: object) {
  const { promise, resolve, reject } = Promise.withResolvers<MessageRecord | 'refused' | 'ended'>()
  const ended = (): void => resolve('ended')
  client.socket.once('disconnect', ended)
  client.socket.emit(event, payload, (given: unknown) => {
    const parsed = answer.safeParse(given)
    if (parsed.success) resolve(parsed.data.ok ? parsed.data.data : 'refused')
    else reject(new Error(`${event}: ${JSON.stringify(given)}`))
  })
  try {
    return await promise
  } finally {
    client.socket.off('disconnect', ended)
  }
}

/** All that was acked is there, numbered without a gap; what was not may be. Sent again, it is there once either way. */
export async function expectWhole(server: ServerProcess, { acked, sent }: Books): Promise<void> {
  const { messages } = await readLog(new TestApi(server.url, await tokenOf('sender-0')), COURSE)
  const seqs = messages.map((message) => message.seq).sort((a, b) => a - b)
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  const byId = new Map(messages.map((message) => [message.id, message]))
  for (const message of acked.values()) {
    const found = byId.get(message.id)
    expect(found, `acked seq ${message.seq}`).toBeDefined()
    expect(found?.seq).toBe(message.seq)
    expect(found?.rev).toBeGreaterThanOrEqual(message.rev)
    if (found?.rev === message.rev) expect(found.message).toBe(message.message)
  }
  await expectResendsAreTheSame(server, messages, sent)
}

async function expectResendsAreTheSame(
  server: ServerProcess,
  stored: readonly MessageRecord[],
  sent: ReadonlyMap<string, string>,
): Promise<void> {
  const byText = new Map(stored.map((message) => [message.message.replace(/^(tin nhắn|sửa) /, ''), message]))
  const bySender = Map.groupBy(sent, ([, senderId]) => senderId)
  for (const [senderId, entries] of bySender) {
    await using client = await TestClient.connect(server.url, { auth: { token: await tokenOf(senderId) } })
    for (const [clientId] of entries.slice(-20)) {
      const payload = { course_id: COURSE, message: `tin nhắn ${clientId}`, client_id: clientId }
      const first = await client.call('chat:send_message', payload)
      const second = await client.call('chat:send_message', payload)
      expect(second.id).toBe(first.id)
      expect(second.seq).toBe(first.seq)
      const before = byText.get(clientId)
      if (before !== undefined) expect(first.id).toBe(before.id)
    }
  }
}

/** What `expectRevsWithoutGap` is told of. */
export const COUNTS = `
  select last_rev as "lastRev", last_seq as "lastSeq", (select count(*) from messages) as messages,
    (select count(*) from message_versions) as versions from courses where id = '${COURSE}'`

const counts = z.object({
  lastRev: z.coerce.number(),
  lastSeq: z.coerce.number(),
  messages: z.coerce.number(),
  versions: z.coerce.number(),
})

/** Here a change is a message or an edit, and each edit keeps one version: together they are every `rev` there was. */
export function expectRevsWithoutGap(row: unknown): void {
  const { lastRev, lastSeq, messages, versions } = counts.parse(row)
  expect(lastSeq).toBe(messages)
  expect(lastRev).toBe(messages + versions)
}
