import type { BanRecord } from '@lectern/protocol'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useClient } from './client-context.tsx'
import { useAllPages } from './use-all-pages.ts'

/** Others of the staff ban too, and no event tells it. */
const LOOK_AGAIN_MS = 60_000

const firstPage: string | null = null
const keyOf = (sessionId: string) => ['classes', 'bans', sessionId]

/** Who is kept out of a class, the first first; staff alone may ask. */
export function useBans(sessionId: string) {
  const { api } = useClient()
  const { data, ...query } = useInfiniteQuery({
    queryKey: keyOf(sessionId),
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? {} : { cursor: pageParam }
      return api.listBans({ params: { sessionId }, query, signal })
    },
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
    refetchInterval: LOOK_AGAIN_MS,
  })
  useAllPages(query)
  return useMemo<readonly BanRecord[]>(() => data?.pages.flatMap((page) => page.data) ?? [], [data])
}

/** Who is kept out may be another now. */
export function useRefreshBans(sessionId: string): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries({ queryKey: keyOf(sessionId) }), [queries, sessionId])
}
