import type { FoundMessage } from '@lectern/protocol'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../../../lectern/client-context.tsx'
import { useChat } from '../chat-context.ts'
import { type SearchFilters, searchQueryOf } from './search-query.ts'

const PAGE = 30

const firstPage: string | null = null

/** What was found, newest first. Asked for as soon as `words` holds any; each time anew, since others go on writing. */
export function useSearch(words: string, filters: SearchFilters) {
  const { courseId } = useChat()
  const { api } = useClient()
  const query = searchQueryOf(words, filters)
  const { data, ...state } = useInfiniteQuery({
    queryKey: ['chat', 'search', courseId, query],
    queryFn: ({ pageParam, signal }) =>
      api.searchMessages({
        params: { courseId },
        query: { ...query, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  })
  const found = useMemo<readonly FoundMessage[] | undefined>(() => data?.pages.flatMap((page) => page.data), [data])
  return { ...state, found: words === '' ? undefined : found }
}
