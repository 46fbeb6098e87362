import { LecternError } from '@lectern/client'
import { QueryClient } from '@tanstack/react-query'

const RETRIES = 2

const mayRetry = (failures: number, error: Error): boolean =>
  failures < RETRIES && error instanceof LecternError && error.shouldRetry() && error.code !== 'RATE_LIMITED'

/** One per person, so that what one has read is not shown to the next. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // `always`: that the network is gone shows as an error to retry, not as waiting for ever.
      queries: { networkMode: 'always', retry: mayRetry, staleTime: 30_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
