import type { MemberRecord } from '@lectern/protocol'
import { useEffect } from 'react'
import { useMembers } from '../../../lectern/course-queries.ts'

interface AllMembers {
  /** What is loaded so far; undefined before the first page. */
  readonly members: readonly MemberRecord[] | undefined
  readonly isComplete: boolean
  readonly error: unknown
  readonly retry: () => void
}

/**
 * The whole roster, page after page. The first page, which is most courses, comes at once; those of a big course only
 * where `isWanted`.
 */
export const useAllMembers = (courseId: string, isWanted: boolean): AllMembers => {
  const { members, error, hasNextPage, isFetching, fetchNextPage, refetch } = useMembers(courseId)
  useEffect(() => {
    if (isWanted && hasNextPage && !isFetching && error === null) void fetchNextPage()
  }, [isWanted, hasNextPage, isFetching, error, fetchNextPage])
  const retry = (): void => void (members === undefined ? refetch() : fetchNextPage())
  return { members, isComplete: members !== undefined && !hasNextPage, error, retry }
}
