import { join } from 'node:path'
import { type MessageRecord, messageRecord, messagesMeta } from '@lectern/protocol'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { type ServerProcess, startServerProcess } from '../harness/server-process.ts'
import { TestApi } from '../harness/test-api.ts'
import { TestClient } from '../harness/test-client.ts'
import { signTestToken } from '../harness/test-token.ts'

const ROUNDS = Number(process.env['LECTERN_CRASH_ROUNDS'] ?? 12)
const SENDERS = 4
const IN_FLIGHT = 4
const COURSE = 'crash'
const noLimits = { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0', LOG_LEVEL: 'info' }

/** What the server has acked, by `client_id`: it may not forget it. */
interface Acked {
  readonly message: MessageRecord
  readonly senderId: string
}

it(
  `CH: kill -9 at any moment loses no acked change, leaves no gap, and a resend is the same message (${ROUNDS} rounds)`,
  async () => {
    await using server = await startServerProcess(noLimits)
    const acked = new Map<string, Acked>()
    const sent = new Map<string, string>()
    for (let round = 0; round < ROUNDS; round++) {
      await killUnderLoad(server, round, acked, sent)
      await server.restart()
      const stored = await readAll(server)
      expectWhole(stored, acked)
      await expectResendsAreTheSame(server, stored, sent)
    }
    await server.kill('SIGKILL')
    expectRevsWithoutGap(server.dataDir)
    expect(acked.size).toBeGreaterThan(ROUNDS * 10)
  },
  60_000 + ROUNDS * 10_000,
)

const tokenOf = (userId: string) =>
  signTestToken({ sub: userId, courses: { [COURSE]: userId === 'sender-0' ? 'teacher' : 'student' } }, Date.now())

/** Everybody sends and edits as fast as acks come, until the server is killed after a random number of them. */
async function killUnderLoad(
  server: ServerProcess,
  round: number,
  acked: Map<string, Acked>,
  sent: Map<string, string>,
): Promise<void> {
  const lives = 10 + Math.floor(Math.random() * 150)
  let acks = 0
  let killed: Promise<unknown> | undefined
  const onAck = (): void => {
    if (++acks >= lives) killed ??= server.kill('SIGKILL')
  }
  const loops = Array.from({ length: SENDERS }, async (_, index) => {
    const senderId = `sender-${index}`
    const client = await TestClient.connect(server.url, { auth: { token: await tokenOf(senderId) } })
    const gone = client.disconnected()
    const work = Array.from({ length: IN_FLIGHT }, (_, lane) =>
      sendUntilGone(client, `${round}-${index}-${lane}`, senderId, { acked, sent, onAck }),
    )
    await gone
    await Promise.all(work)
    client.socket.disconnect()
  })
  await Promise.all(loops)
  await killed
}

interface Books {
  readonly acked: Map<string, Acked>
  readonly sent: Map<string, string>
  onAck(): void
}

async function sendUntilGone(client: TestClient, lane: string, senderId: string, books: Books): Promise<void> {
  for (let index = 0; client.socket.connected; index++) {
    const clientId = `${lane}-${index}`
    books.sent.set(clientId, senderId)
    const message = await ackOrEnd(client, 'chat:send_message', {
      course_id: COURSE,
      message: `tin nhắn ${clientId}`,
      client_id: clientId,
    })
    if (message === undefined) return
    books.acked.set(clientId, { message, senderId })
    books.onAck()
    if (index % 3 !== 0) continue
    const edited = await ackOrEnd(client, 'chat:edit_message', { message_id: message.id, message: `sửa ${clientId}` })
    if (edited === undefined) return
    books.acked.set(clientId, { message: edited, senderId })
    books.onAck()
  }
}

/** The acked message, or undefined when the connection ends before. */
async function ackOrEnd(client: TestClient, event: string, payload: object): Promise<MessageRecord | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<MessageRecord | undefined>()
  const ended = (): void => resolve(undefined)
  client.socket.once('disconnect', ended)
  client.socket.emit(event, payload, (answer: unknown) => {
    const parsed = z.object({ ok: z.literal(true), data: messageRecord }).safeParse(answer)
    if (parsed.success) resolve(parsed.data.data)
    else reject(new Error(`${event}: ${JSON.stringify(answer)}`))
  })
  try {
    return await promise
  } finally {
    client.socket.off('disconnect', ended)
  }
}

async function readAll(server: ServerProcess): Promise<MessageRecord[]> {
  const api = new TestApi(server.url, await tokenOf('sender-0'))
  const messages: MessageRecord[] = []
  for (let sinceRev = 0; ; sinceRev = messages.at(-1)?.rev ?? 0) {
    const answer = await api.get(`/chat/courses/${COURSE}/messages?since_rev=${sinceRev}`)
    expect(answer.status, answer.text).toBe(200)
    messages.push(...messageRecord.array().parse(answer.data))
    if (messagesMeta.parse(answer.meta).more !== true) return messages
  }
}

function expectWhole(stored: readonly MessageRecord[], acked: ReadonlyMap<string, Acked>): void {
  const seqs = stored.map((message) => message.seq).sort((a, b) => a - b)
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  const byId = new Map(stored.map((message) => [message.id, message]))
  for (const { message } of acked.values()) {
    const found = byId.get(message.id)
    expect(found, `acked seq ${message.seq}`).toBeDefined()
    expect(found?.seq).toBe(message.seq)
    expect(found?.rev).toBeGreaterThanOrEqual(message.rev)
    if (found?.rev === message.rev) expect(found.message).toBe(message.message)
  }
}

/** What was sent and not acked was stored or was not; sent again, it is there once either way. */
async function expectResendsAreTheSame(
  server: ServerProcess,
  stored: readonly MessageRecord[],
  sent: Map<string, string>,
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

const counts = z.object({ lastRev: z.int(), lastSeq: z.int(), messages: z.int(), versions: z.int() })

/** Here a change is a message or an edit, and each edit keeps one version: together they are every `rev` there was. */
function expectRevsWithoutGap(dataDir: string): void {
  const database = new Sqlite(join(dataDir, 'lectern.db'), { readonly: true })
  try {
    const row = counts.parse(
      database
        .prepare(
          `select last_rev as lastRev, last_seq as lastSeq, (select count(*) from messages) as messages,
             (select count(*) from message_versions) as versions from courses where id = ?`,
        )
        .get(COURSE),
    )
    expect(row.lastSeq).toBe(row.messages)
    expect(row.lastRev).toBe(row.messages + row.versions)
  } finally {
    database.close()
  }
}
