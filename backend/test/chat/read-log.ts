import { type MessageRecord, messageRecord, messagesMeta } from '@lectern/protocol'
import { expect } from 'vitest'
import type { TestApi } from '../harness/test-api.ts'

export interface ReadLog {
  /** As each is now, in the order of their `rev`. */
  readonly messages: readonly MessageRecord[]
  readonly lastRev: number
}

/** All of a course's messages, as somebody who has been away from the beginning reads them. */
export async function readLog(api: TestApi, courseId: string): Promise<ReadLog> {
  const messages: MessageRecord[] = []
  for (;;) {
    const answer = await api.get(`/chat/courses/${courseId}/messages?since_rev=${messages.at(-1)?.rev ?? 0}`)
    expect(answer.status, answer.text).toBe(200)
    messages.push(...messageRecord.array().parse(answer.data))
    const meta = messagesMeta.parse(answer.meta)
    if (meta.more !== true) return { messages, lastRev: meta.last_rev }
  }
}
