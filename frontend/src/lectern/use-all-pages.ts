import { useEffect } from 'react'

interface Paged {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isError: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** Fetches one page after the other, until all are there or one fails. */
export function useAllPages({ hasNextPage, isFetchingNextPage, isError, fetchNextPage }: Paged): void {
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])
}
