import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/** Where every route but the operator's begins. */
export const API_BASE = '/api/v1'

/**
 * Who gets past the door: `none`: anybody; `optional`: anybody, and a token that is there must be valid; `user`: a valid token; `user_or_api_key`: that, or `ADMIN_API_KEY`;
 * `operator`: loopback, or `METRICS_TOKEN`. What the caller may then do is the service's to say.
 */
export type RouteAuth = 'none' | 'optional' | 'user' | 'user_or_api_key' | 'operator'

/**
 * What a call counts against: `change` and `event` are the person's buckets, shared with the socket;
 * `report`: what reads a whole course, few at once; `bytes`: what a page of many files loads; `none`: nothing here (signing in has limits of its own).
 */
export type RouteLimit = 'change' | 'event' | 'report' | 'bytes' | 'none'

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As Express writes it, below the section's base. */
  readonly path: string
  readonly summary: string
  /** Who may, in words. */
  readonly who: string
  readonly auth: RouteAuth
  readonly limit: RouteLimit
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** A multipart body, whose parts the handler reads itself. */
  readonly form?: z.ZodType
  /** The largest body in bytes; 1 MiB when left out. */
  readonly maxBodyBytes?: number
  /** `data` of the answer; absent where the answer has no body, or one of its own kind (`produces`). */
  readonly response?: z.ZodType
  readonly meta?: z.ZodType
  readonly status: 200 | 201 | 204
  /** Another status of success, and when. */
  readonly also?: { readonly status: 200; readonly when: string }
  /** Media types of an answer that is not the JSON envelope. */
  readonly produces?: readonly string[]
  /** Media types that its query asks for in place of the envelope. */
  readonly orProduces?: readonly string[]
  /** Codes beyond those that follow from `auth`, `limit` and the inputs. */
  readonly errors: readonly ErrorCode[]
}

/** Operation id → route. */
export type RouteTable = Readonly<Record<string, Route>>

export const defineRoutes = <const Table extends RouteTable>(table: Table): Table => table

type OutputOf<Definition, Part extends keyof Route> =
  Definition extends Record<Part, infer Schema extends z.ZodType> ? z.output<Schema> : undefined

/** What a handler is given, and what it answers; `undefined` where the route has none. */
export type RouteParams<Definition extends Route> = OutputOf<Definition, 'params'>
export type RouteQuery<Definition extends Route> = OutputOf<Definition, 'query'>
export type RouteBody<Definition extends Route> = OutputOf<Definition, 'body'>
export type RouteData<Definition extends Route> = OutputOf<Definition, 'response'>
export type RouteMeta<Definition extends Route> = OutputOf<Definition, 'meta'>
