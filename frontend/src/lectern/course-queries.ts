import type { LecternClient } from '@lectern/client'
import type { CourseRecord, MemberRecord } from '@lectern/protocol'
import { type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from './client-context.tsx'

const PAGE = 100

export const courseKeys = {
  all: ['courses'],
  list: ['courses', 'list'],
  one: (courseId: string) => ['courses', 'one', courseId],
  members: (courseId: string) => ['courses', 'members', courseId],
} as const

const pageQuery = (cursor: string | null) => ({ limit: PAGE, ...(cursor === null ? {} : { cursor }) })

const firstPage: string | null = null

/** One's own courses; an administrator's are all there are. */
export function useCourses() {
  const { api } = useClient()
  const { data, ...query } = useInfiniteQuery({
    queryKey: courseKeys.list,
    queryFn: ({ pageParam, signal }) => api.listCourses({ query: pageQuery(pageParam), signal }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
  })
  const courses = useMemo<readonly CourseRecord[] | undefined>(() => data?.pages.flatMap((page) => page.data), [data])
  return { ...query, courses }
}

const oneCourse = (api: LecternClient['api'], courseId: string) => ({
  queryKey: courseKeys.one(courseId),
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await api.getCourse({ params: { courseId }, signal })).data,
})

/** @returns of react-query; `data` is what the list has of the course until more is known, and where it cannot be read */
export function useCourse(courseId: string, options: { readonly refetchInterval?: number } = {}) {
  const { api } = useClient()
  const { courses } = useCourses()
  const listed = courses?.find(({ id }) => id === courseId)
  const { data = listed, error, isFetching, refetch } = useQuery({ ...oneCourse(api, courseId), ...options })
  return { data, error, isFetching, refetch }
}

/** Of a big course, a hundred requests. */
const MEMBERS_STALE_MS = 10 * 60_000

/** Who is enrolled, in order of joining. Read again after changes made here, and after a reconnection. */
export function useMembers(courseId: string) {
  const { api } = useClient()
  const { data, ...query } = useInfiniteQuery({
    queryKey: courseKeys.members(courseId),
    queryFn: ({ pageParam, signal }) => api.listMembers({ params: { courseId }, query: pageQuery(pageParam), signal }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
    staleTime: MEMBERS_STALE_MS,
    refetchOnWindowFocus: false,
  })
  const members = useMemo<readonly MemberRecord[] | undefined>(() => data?.pages.flatMap((page) => page.data), [data])
  return { ...query, members }
}

/** Reads again what is shown of courses and members, after a change. */
export const refreshCourses = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: courseKeys.all })

export function useRefreshCourses(): () => Promise<void> {
  const queries = useQueryClient()
  return () => refreshCourses(queries)
}
