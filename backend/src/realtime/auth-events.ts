import { AUTH_CLIENT_EVENTS as EVENTS, toTime } from '@lectern/protocol'
import { handle } from './dispatcher.ts'
import type { LiveCourses } from './live-courses.ts'

/** What a connection itself may ask for. */
export const authEvents = (live: LiveCourses) => ({
  'auth:refresh': handle(EVENTS['auth:refresh'], async (connection, { token }) => {
    const { expiresAt } = await live.refresh(connection, token)
    return { now: () => ({ expiresAt: toTime(expiresAt) }) }
  }),
})
