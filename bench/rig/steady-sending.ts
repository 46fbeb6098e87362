import type { RawClient } from './raw-client.ts'

export interface Sender {
  readonly client: RawClient
  readonly courseId: string
}

/**
 * Sends at a fixed rate in turn from each, whatever the answers (open loop). What is sent is the time of its sending, in
 * ms of `performance.now()`.
 * @returns what stops it, and resolves to how many were sent in each course when all are acked
 */
export function sendSteadily(senders: readonly Sender[], perSecond: number): () => Promise<Map<string, number>> {
  const acks: Promise<unknown>[] = []
  const sent = new Map<string, number>()
  let due = performance.now()
  let next = 0
  const timer = setInterval(() => {
    for (; due <= performance.now(); due += 1_000 / perSecond) {
      const sender = senders[next++ % senders.length]
      if (sender === undefined) continue
      const { client, courseId } = sender
      sent.set(courseId, (sent.get(courseId) ?? 0) + 1)
      const message = { course_id: courseId, message: String(performance.now()), client_id: crypto.randomUUID() }
      acks.push(client.call('chat:send_message', message))
    }
  }, 2)
  return async () => {
    clearInterval(timer)
    await Promise.all(acks)
    return sent
  }
}

/** How long a message that `sendSteadily` sent was under way, in ms. */
export function delayOf(message: unknown): number {
  const text: unknown = typeof message === 'object' && message !== null && 'message' in message && message.message
  return performance.now() - Number(text)
}
