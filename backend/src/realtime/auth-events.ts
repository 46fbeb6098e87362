import { AUTH_CLIENT_EVENTS as EVENTS, toTime } from '@lectern/protocol'
import type { Connection } from './connection.ts'
import { handle } from './dispatcher.ts'
import type { LiveCourses } from './live-courses.ts'

/** What a connection itself may ask for. */
export const authEvents = (live: LiveCourses, refreshed: (connection: Connection) => Promise<void>) => ({
  'auth:refresh': handle(EVENTS['auth:refresh'], async (connection, { token }) => {
    const { expiresAt } = await live.refresh(connection, token)
    await refreshed(connection)
    return { now: () => ({ expiresAt: toTime(expiresAt) }) }
  }),
})
