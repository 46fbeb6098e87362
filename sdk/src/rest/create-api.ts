import { type Clock, systemClock } from '../clock.ts'
import { type CredentialOptions, Credentials } from '../credentials.ts'
import type { Api } from './api.ts'
import { Caller } from './caller.ts'
import { ENDPOINTS, isOpen } from './endpoints.ts'
import type { RequestInput } from './request.ts'

export interface ApiOptions extends CredentialOptions {
  /** The server's origin; left out in a page of its own. */
  readonly url?: string | undefined
  /** Milliseconds until a call is given up; default 15,000. */
  readonly timeoutMs?: number | undefined
}

export interface ApiPorts {
  readonly url: string
  readonly credentials: Credentials
  readonly clock: Clock
  readonly random: () => number
  readonly timeoutMs?: number | undefined
}

const TIMEOUT_MS = 15_000

/**
 * The REST API alone, without a connection: for a page of signing in, or a server of your own.
 * A refused token is renewed once; what only reads is tried up to three times. An aborted call throws its signal's reason.
 */
export const createApi = ({ url = '', timeoutMs, ...identity }: ApiOptions = {}): Api =>
  apiOf({
    url,
    timeoutMs,
    credentials: new Credentials(identity, systemClock),
    clock: systemClock,
    random: Math.random,
  })

export function apiOf({ timeoutMs = TIMEOUT_MS, ...ports }: ApiPorts): Api {
  const caller = new Caller({ timeoutMs, ...ports })
  const calls = Object.entries(ENDPOINTS).map(([name, endpoint]) => [
    name,
    (input: RequestInput & { readonly signal?: AbortSignal } = {}) => caller.call(endpoint, input, isOpen(name)),
  ])
  // The table's type has tied every name to its route, which `fromEntries` forgets.
  return Object.fromEntries(calls) as Api
}
