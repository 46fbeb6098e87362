import type {
  Route,
  RouteBody,
  RouteData,
  RouteLimit,
  RouteMeta,
  RouteParams,
  RouteQuery,
  RouteTable,
} from '@lectern/protocol'
import type { Request, Response, Router } from 'express'
import type { Actor, UserActor } from '../access/actor.ts'

/** Who calls a route, by its `auth`. */
export type RouteActor<Definition extends Route> = Definition['auth'] extends 'user'
  ? UserActor
  : Definition['auth'] extends 'user_or_api_key'
    ? Actor
    : Definition['auth'] extends 'optional'
      ? UserActor | undefined
      : undefined

/** A request that has passed authentication, limits and validation. */
export interface RouteCall<Definition extends Route> {
  readonly actor: RouteActor<Definition>
  readonly params: RouteParams<Definition>
  readonly query: RouteQuery<Definition>
  readonly body: RouteBody<Definition>
  readonly request: Request
  readonly response: Response
}

type MetaOf<Definition extends Route> =
  RouteMeta<Definition> extends undefined ? { readonly meta?: undefined } : { readonly meta: RouteMeta<Definition> }

/** `status` where the definition's `also` applies. */
export type RouteAnswer<Definition extends Route> = {
  readonly data: RouteData<Definition>
  readonly status?: 200
} & MetaOf<Definition>

/** What a handler writes itself, by its query, it does not answer (`orProduces`). */
type WrittenInstead<Definition extends Route> = Definition extends { orProduces: readonly string[] } ? undefined : never

/** For a route without a response schema it answers nothing, or writes the answer itself (`produces`). */
export type RouteHandler<Definition extends Route> =
  RouteData<Definition> extends undefined
    ? (call: RouteCall<Definition>) => Promise<void>
    : (call: RouteCall<Definition>) => Promise<RouteAnswer<Definition> | WrittenInstead<Definition>>

export type RouteHandlers<Table extends RouteTable> = { readonly [Name in keyof Table]: RouteHandler<Table[Name]> }

/** Mounts every route of a table with its handler. */
export type BindRoutes = <const Table extends RouteTable>(
  router: Router,
  routes: Table,
  handlers: RouteHandlers<Table>,
) => void

export interface RouteCaller {
  /** Undefined where a route is open to who is not signed in. */
  readonly actor: Actor | undefined
  readonly address: string
}

/** The rate limits that REST shares with the sockets. */
export interface RequestLimits {
  /**
   * Counts one call, of a person or, where nobody is signed in, of an address. A `change` counts in its service, where a repeat by `client_id` is known for one: not here.
   * @returns what ends the call's place, called once when its work is done: hanging up does not end a search that runs
   * @throws AppError `RATE_LIMITED`
   */
  enter(caller: RouteCaller, limit: RouteLimit): () => void
}

export interface RouteBinderDependencies {
  /**
   * Who calls, by token or cookie; undefined where the route lets in who has none.
   * @throws AppError `UNAUTHENTICATED`; `FORBIDDEN` for a cookie from a foreign origin, and for the API key where it has no business
   */
  readonly authenticate: (request: Request, auth: 'user' | 'user_or_api_key' | 'optional') => Promise<Actor | undefined>
  readonly limits: RequestLimits
}
