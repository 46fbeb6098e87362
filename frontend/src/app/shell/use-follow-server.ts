import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useClient } from '../../lectern/client-context.tsx'
import { courseKeys, refreshCourses } from '../../lectern/course-queries.ts'

/** Reads the lists again when they may have changed meanwhile: after a reconnection, and for a course not seen before. */
export function useFollowServer(): void {
  const client = useClient()
  const queries = useQueryClient()
  useEffect(() => {
    let wasAway = false
    return client.connection.subscribe(() => {
      const { status } = client.connection.getSnapshot()
      if (status === 'waiting') wasAway = true
      if (status !== 'online' || !wasAway) return
      wasAway = false
      void queries.invalidateQueries()
    })
  }, [client, queries])
  useEffect(() => {
    let known = new Set(client.unread.getSnapshot().keys())
    return client.unread.subscribe(() => {
      const now = new Set(client.unread.getSnapshot().keys())
      const isOther = known.size > 0 && (now.size !== known.size || [...now].some((courseId) => !known.has(courseId)))
      known = now
      if (isOther && queries.getQueryData(courseKeys.list) !== undefined) void refreshCourses(queries)
    })
  }, [client, queries])
}
