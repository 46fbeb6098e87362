import type { LecternError } from '../errors.ts'

/** The life of the connection, one state at a time. */
export type ConnectionState =
  | { readonly status: 'idle' }
  /** `attempt` counts from 1 since it was last online. */
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'online' }
  /** The next try is at `retryAt` (epoch milliseconds), or as soon as the network is back where `offline`. */
  | {
      readonly status: 'waiting'
      readonly attempt: number
      readonly retryAt: number
      readonly offline: boolean
      readonly error: LecternError
    }
  /** The server takes the credentials no longer: somebody has to sign in again. */
  | { readonly status: 'refused'; readonly error: LecternError }
  | { readonly status: 'closed' }
