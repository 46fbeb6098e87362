import { type ClientErrorCode, LecternError } from '../src/errors.ts'
import { Outbox } from '../src/outbox/outbox.ts'
import type { OutboxEntry } from '../src/outbox/outbox-entry.ts'
import type { OutboxPorts } from '../src/ports.ts'
import { type ChatLog, TabTransport } from './chat-log.ts'
import { InstantClock } from './instant-clock.ts'

export const error = (code: ClientErrorCode, details = {}) => new LecternError(code, 'Why.', { details })
export const isEmpty = (entries: readonly OutboxEntry[]) => entries.length === 0
export const kinds = (outbox: Outbox) => outbox.entries.getSnapshot().map(({ state }) => state.kind)

/** One tab of one browser. */
export function openTab(name: string, log: ChatLog, ports: Partial<OutboxPorts> = {}) {
  const transport = new TabTransport(name, log)
  const clock = new InstantClock()
  const outbox = new Outbox({ transport, clock, userId: async () => 'lan', random: () => 0.5, ...ports })
  const send = (message: string, courseId = 'algebra') => outbox.send(courseId, { message })
  return { transport, clock, outbox, send, [Symbol.dispose]: () => outbox.close() }
}
