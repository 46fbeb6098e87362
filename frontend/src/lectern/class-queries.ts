import type { LecternClient } from '@lectern/client'
import type {
  AttendancePolicy,
  AttendanceRecord,
  AttendanceStatus,
  ClassSession,
  SessionStatus,
} from '@lectern/protocol'
import { type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useClient } from './client-context.tsx'

const PAGE = 30
/** What nobody closed yet grows by the second. */
const ATTENDANCE_AGAIN_MS = 12_000

export const classKeys = {
  all: ['classes'],
  lists: (courseId: string) => ['classes', 'list', courseId],
  list: (courseId: string, status: SessionStatus | undefined) => ['classes', 'list', courseId, status ?? 'any'],
  live: (courseId: string) => ['classes', 'list', courseId, 'is-live'],
  one: (sessionId: string) => ['classes', 'one', sessionId],
  attendance: (sessionId: string) => ['classes', 'attendance', sessionId],
  attendances: ['classes', 'attendance'],
  policy: (courseId: string) => ['classes', 'policy', courseId],
} as const

const firstPage: string | null = null

/** Who is told already. */
const following = new WeakSet<QueryClient>()

/**
 * Reads again what is shown of classes as soon as one is planned, changed, goes live, ends or is reopened: once, however
 * many show it. What came to pass while there was no connection is found when it is back, as everything is.
 */
function useClassNews(): LecternClient {
  const client = useClient()
  const queries = useQueryClient()
  useEffect(() => {
    if (following.has(queries)) return
    following.add(queries)
    client.on('webrtc:session_state', ({ courseId, sessionId }) => {
      void queries.invalidateQueries({ queryKey: classKeys.lists(courseId) })
      void queries.invalidateQueries({ queryKey: classKeys.one(sessionId) })
      void queries.invalidateQueries({ queryKey: classKeys.attendance(sessionId) })
    })
    onceOnline(client, () => void refreshClasses(queries))
  }, [client, queries])
  return client
}

/** What is asked before the first connection is there may be another by then, and nobody was told. */
function onceOnline({ connection }: LecternClient, then: () => void): void {
  const isOnline = () => connection.getSnapshot().status === 'online'
  if (isOnline()) return
  const stop = connection.subscribe(() => {
    if (!isOnline()) return
    stop()
    then()
  })
}

/** The classes of a course, the newest first, page by page. */
export function useSessions(courseId: string, status?: SessionStatus) {
  const { api } = useClassNews()
  const { data, ...query } = useInfiniteQuery({
    queryKey: classKeys.list(courseId, status),
    queryFn: ({ pageParam, signal }) =>
      api.listSessions({
        params: { courseId },
        query: {
          limit: PAGE,
          ...(status === undefined ? {} : { status }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
  })
  const sessions = useMemo<readonly ClassSession[] | undefined>(() => data?.pages.flatMap((page) => page.data), [data])
  return { ...query, sessions }
}

/** A class of the course that is live; `data` is null where none is. */
export function useLiveSession(courseId: string) {
  const { api } = useClassNews()
  return useQuery({
    queryKey: classKeys.live(courseId),
    queryFn: async ({ signal }): Promise<ClassSession | null> => {
      const { data } = await api.listSessions({ params: { courseId }, query: { status: 'live', limit: 1 }, signal })
      return data[0] ?? null
    },
  })
}

export function useSession(sessionId: string) {
  const { api } = useClassNews()
  return useQuery({
    queryKey: classKeys.one(sessionId),
    queryFn: async ({ signal }) => (await api.getSession({ params: { sessionId }, signal })).data,
  })
}

/** Who was there: staff see everybody, a student themselves. While the class is live it is read again and again. */
export function useAttendance({ id: sessionId, status }: Pick<ClassSession, 'id' | 'status'>) {
  const { api } = useClient()
  return useQuery({
    queryKey: classKeys.attendance(sessionId),
    queryFn: async ({ signal }): Promise<readonly AttendanceRecord[]> =>
      (await api.getAttendance({ params: { sessionId }, signal })).data,
    refetchInterval: status === 'live' ? ATTENDANCE_AGAIN_MS : false,
  })
}

/** What the course calls late, partial and absent. */
export function useAttendancePolicy(courseId: string) {
  const { api } = useClient()
  return useQuery({
    queryKey: classKeys.policy(courseId),
    queryFn: async ({ signal }) => (await api.getAttendancePolicy({ params: { courseId }, signal })).data,
  })
}

export const refreshClasses = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: classKeys.all })

/** What staff decide of a class. */
export interface SessionFields {
  readonly title: string
  /** ISO 8601; null for one without a time. */
  readonly scheduled_at: string | null
  /** Minutes. */
  readonly duration_min: number | null
  readonly lobby: boolean
}

/** What staff may do with a course's classes; reads again what is shown afterwards. All throw LecternError. */
export function useSessionChanges() {
  const { api } = useClient()
  const queries = useQueryClient()
  const after = async <Result>(change: Promise<Result>): Promise<Result> => {
    try {
      return await change
    } finally {
      // Also where it was refused: the class is perhaps not as it is shown.
      await refreshClasses(queries)
    }
  }
  const of = (sessionId: string) => ({ params: { sessionId } })
  return {
    create: async (courseId: string, body: SessionFields): Promise<ClassSession> =>
      (await after(api.createSession({ params: { courseId }, body }))).data,
    update: async (sessionId: string, body: Partial<SessionFields>): Promise<ClassSession> =>
      (await after(api.updateSession({ ...of(sessionId), body }))).data,
    remove: (sessionId: string) => after(api.deleteSession(of(sessionId))),
    end: (sessionId: string) => after(api.endSession(of(sessionId))),
    reopen: (sessionId: string) => after(api.reopenSession(of(sessionId))),
  }
}

/** What staff say of an attendance, and of all of them. Both throw LecternError. */
export function useAttendanceChanges() {
  const { api } = useClient()
  const queries = useQueryClient()
  return {
    /** @param status null takes the correction back */
    correct: async (sessionId: string, userId: string, status: AttendanceStatus | null, note: string | null) => {
      try {
        await api.correctAttendance({ params: { sessionId, userId }, body: { status, note } })
      } finally {
        await queries.invalidateQueries({ queryKey: classKeys.attendance(sessionId) })
      }
    },
    updatePolicy: async (courseId: string, policy: AttendancePolicy) => {
      await api.updateAttendancePolicy({ params: { courseId }, body: policy })
      await Promise.all([
        queries.invalidateQueries({ queryKey: classKeys.policy(courseId) }),
        queries.invalidateQueries({ queryKey: classKeys.attendances }),
      ])
    },
  }
}
