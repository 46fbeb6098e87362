import { createClient } from '@lectern/client'
import { signToken } from '../../e2e/rig/tokens.ts'
import { until as untilState } from '../../e2e/rig/until.ts'

export interface TalkOptions {
  /** The server's origin. */
  readonly url: string
  readonly perSecond: number
  /** Stops when it resolves. */
  readonly until: Promise<unknown>
}

const COURSE = 'bench-talk'

/** Two people in a course; one sends at a fixed rate, whatever the answers (open loop). @returns the delays of delivery, in ms */
export async function talk({ url, perSecond, until }: TalkOptions): Promise<number[]> {
  const as = (sub: string) =>
    createClient({ url, token: signToken({ sub, role: 'teacher', courses: { [COURSE]: 'teacher' } }) })
  using sender = as('bench-sender')
  using receiver = as('bench-receiver')
  const delays: number[] = []
  receiver.on('chat:new_message', ({ message }) => {
    delays.push(performance.now() - Number(message))
  })
  for (const client of [receiver, sender]) {
    client.connect()
    await untilState(client.connection, ({ status }) => status === 'online')
  }
  await receiver.emit('chat:join_room', { courseId: COURSE })
  const failed = Promise.withResolvers<never>()
  const timer = setInterval(() => {
    sender
      .emit('chat:send_message', { course_id: COURSE, message: String(performance.now()) })
      .then(() => undefined, failed.reject)
  }, 1000 / perSecond)
  try {
    await Promise.race([until, failed.promise])
  } finally {
    clearInterval(timer)
  }
  return delays
}
