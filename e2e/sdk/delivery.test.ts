import { createClient, type LecternClient } from '@lectern/client'
import { COURSE_CHAT_ROUTES } from '@lectern/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FaultProxy, startFaultProxy } from '../rig/fault-proxy/fault-proxy.ts'
import { frameRule } from '../rig/fault-proxy/frame-rule.ts'
import { restOf } from '../rig/rest.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'
import { sendCuts } from './send-cuts.ts'

const COURSE = 'delivery'
const SENDERS = 25
const EACH = 400
const SENDS = SENDERS * EACH
/** How many a sender writes at once, before the last ones are through. */
const AT_ONCE = 20
/** It is a minute of work for a processor, and takes much longer where others have it too. */
const WITHIN_MS = 300_000

const unlimited = {
  LIMIT_MESSAGES_PER_SEC: '0',
  LIMIT_EVENTS_PER_SEC: '0',
  LIMIT_SOCKETS: '0',
}

const tokenOf = (name: string) => signToken({ sub: name, courses: { [COURSE]: 'student' } })
const textsOf = (name: string) => Array.from({ length: EACH }, (_, n) => `${name} ${n}`)

function openSender(proxy: FaultProxy, name: string) {
  const client = createClient({ url: proxy.numericUrl, token: tokenOf(name), reconnect: { minMs: 2, maxMs: 200 } })
  onTestFinished(() => client.close())
  client.connect()
  return { name, client, room: client.room(COURSE) }
}

/** @returns the client ids */
async function sendAll({ name, client, room }: ReturnType<typeof openSender>): Promise<string[]> {
  const clientIds: string[] = []
  for (const text of textsOf(name)) {
    if (client.outbox.getSnapshot().length >= AT_ONCE) await lessUnsentThan(client, AT_ONCE / 2)
    clientIds.push(room.send({ message: text }))
  }
  await lessUnsentThan(client, 1)
  return clientIds
}

const lessUnsentThan = (client: LecternClient, count: number) =>
  until(client.outbox, ({ length }) => length < count, { withinMs: WITHIN_MS })

async function logOf(server: ServerProcess): Promise<{ id: string; text: string }[]> {
  const rest = restOf(server.url, tokenOf('reader'))
  const log: { id: string; text: string }[] = []
  for (let isMore = true; isMore; ) {
    const { data, meta } = await rest(COURSE_CHAT_ROUTES.listMessages, {
      params: { courseId: COURSE },
      query: { after: log.length, limit: 100 },
    })
    log.push(...data.map(({ id, message }) => ({ id, text: message })))
    isMore = meta.next_cursor !== null
  }
  return log
}

describe('delivery', () => {
  it(`stores ${SENDS} messages once and in order, 30 % of them cut off before or after the commit`, {
    timeout: WITHIN_MS + 60_000,
  }, async () => {
    await using server = await startServerProcess({ environment: unlimited })
    const cuts = sendCuts({ before: 0.16, after: 0.16, again: 0.1, seed: 1 })
    await using proxy = await startFaultProxy(server.url, { rule: frameRule(cuts.judge) })
    const senders = Array.from({ length: SENDERS }, (_, n) => openSender(proxy, `sender-${n}`))
    await Promise.all(senders.map(({ room }) => until(room, ({ status }) => status.kind === 'live')))

    const startedAt = performance.now()
    const sent = new Map(
      await Promise.all(senders.map(async (sender) => [sender.name, await sendAll(sender)] as const)),
    )
    const seconds = (performance.now() - startedAt) / 1000
    process.stdout.write(
      `${SENDS} messages in ${seconds.toFixed(1)} s: ${cuts.sendings} sendings, ` +
        `${cuts.before} cut before the server had them, ${cuts.after} after it had stored them; ` +
        `${proxy.made.getSnapshot()} connections\n`,
    )
    expect(cuts.before).toBeGreaterThan(SENDS * 0.15)
    expect(cuts.after).toBeGreaterThan(SENDS * 0.15)

    const log = await logOf(server)
    expect(log).toHaveLength(SENDS)
    for (const { name, client, room } of senders) {
      expect(log.flatMap(({ text }) => (text.startsWith(`${name} `) ? [text] : []))).toEqual(textsOf(name))
      const { timeline } = await until(
        room,
        (state) => state.timeline.lastSeq === SENDS && state.status.kind === 'live',
      )
      const seen = log.map((_, index) => timeline.at(index + 1))
      expect(seen.map((message) => message?.id)).toEqual(log.map(({ id }) => id))
      expect(seen.flatMap((message) => message?.client_id ?? [])).toEqual(sent.get(name))
      client.close()
    }
  })
})
