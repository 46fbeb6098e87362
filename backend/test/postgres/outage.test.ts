import type { MessageRecord } from '@lectern/protocol'
import { expect, it, vi } from 'vitest'
import { openPostgres } from '../../src/database/postgres/open-postgres.ts'
import { newId } from '../../src/shared/ids.ts'
import { readLog } from '../chat/read-log.ts'
import { ALWAYS_THERE, type PostgresCluster, startCluster } from '../harness/postgres-cluster.ts'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import type { TestClient } from '../harness/test-client.ts'
import { probe } from '../probe.repository.ts'

const SENDERS = 4
const IN_FLIGHT = 4
const COURSE = 'outage'
const DATABASE = 'lectern'
/** Sent before the server of the database goes. */
const BEFORE = 100
const noLimits = { LIMIT_MESSAGES_PER_SEC: '0', LIMIT_EVENTS_PER_SEC: '0' }
const BACK_MS = 30_000
const READING = `select from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'`

/** What was sent, by `client_id`: by whom, and the message that was acked; undefined where it was refused. */
type Books = Map<string, { readonly client: TestClient; readonly acked: MessageRecord | undefined }>

const kill = async (cluster: PostgresCluster) => {
  await cluster.signal('SIGKILL')
  return () => cluster.start()
}
const stop = async (cluster: PostgresCluster) => {
  await cluster.signal('SIGSTOP')
  return () => cluster.signal('SIGCONT')
}

it.each([
  ['is killed and started again', kill],
  ['stands still and goes on', stop],
])(
  'a database that %s under load: senders are told, and nothing acked is lost, or stored twice',
  async (_, takeAway) => {
    await using cluster = await startCluster({ durable: true })
    await cluster.run(`create database ${DATABASE}`)
    await using server = await startTestServer({ env: { ...noLimits, DATABASE_URL: cluster.url(DATABASE) } })
    const clients = await Promise.all(
      Array.from({ length: SENDERS }, (__, index) =>
        server.connect({ sub: `sender-${index}`, courses: { [COURSE]: 'student' } }),
      ),
    )
    const books: Books = new Map()
    const enough = Promise.withResolvers<void>()
    const onAck = () => void (books.size > BEFORE && enough.resolve())
    const refusals = clients.flatMap((client) => lanes(client, books, onAck))
    await enough.promise
    const bringBack = await takeAway(cluster)
    for (const refusal of await Promise.all(refusals)) {
      expect(refusal).toEqual({ code: 'UNAVAILABLE', message: 'The database does not answer: try again.' })
    }
    expect(await statusOf(server)).toBe(503)
    await bringBack()
    await vi.waitFor(async () => expect(await statusOf(server)).toBe(200), BACK_MS)
    await expectEverythingOnce(server, books)
  },
)

it('a read that is under way when the database is killed is refused, and the process goes on', async () => {
  await using cluster = await startCluster({ durable: true })
  const database = await openPostgres({ url: cluster.url(ALWAYS_THERE) })
  const readings = [
    database.query(probe.readForLong, null),
    probe.readForLong.run({ db: database.read, dialect: 'postgres', beforeCommit: () => undefined }, null),
  ].map((reading) => expect(reading).rejects.toMatchObject({ code: 'UNAVAILABLE' }))
  await vi.waitFor(async () => expect((await cluster.run(READING)).rowCount).toBe(readings.length), BACK_MS)
  await cluster.signal('SIGKILL')
  await Promise.all(readings)
  await database.close()
})

/** Each sends as fast as acks come, until one is refused: what the refusal says. */
function lanes(client: TestClient, books: Books, onAck: () => void) {
  return Array.from({ length: IN_FLIGHT }, async () => {
    for (;;) {
      const clientId = newId()
      books.set(clientId, { client, acked: undefined })
      const answer = await send(client, clientId)
      if (!answer.ok) return answer.error
      books.set(clientId, { client, acked: answer.data })
      onAck()
    }
  })
}

const send = (client: TestClient, clientId: string) =>
  client.emit('chat:send_message', { course_id: COURSE, message: clientId, client_id: clientId })

const statusOf = async ({ url }: TestServer): Promise<number> => (await fetch(`${url}/health/ready`)).status

/** All is sent again, whether it was refused or acked: each is there once, as it was acked, numbered without a gap. */
async function expectEverythingOnce(server: TestServer, books: Books): Promise<void> {
  for (const [clientId, { client, acked }] of books) {
    const answer = await send(client, clientId)
    if (!answer.ok) throw new Error(answer.error.message)
    if (acked !== undefined) expect(answer.data).toMatchObject({ id: acked.id, seq: acked.seq })
  }
  const api = await server.api({ sub: 'sender-0', courses: { [COURSE]: 'student' } })
  const { messages: stored } = await readLog(api, COURSE)
  expect(stored.map(({ message }) => message).toSorted()).toEqual([...books.keys()].toSorted())
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((__, index) => index + 1))
}
