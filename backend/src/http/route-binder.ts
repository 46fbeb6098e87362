import { API_BASE, LIMITS, type Route, type RouteTable, toDetails } from '@lectern/protocol'
import express, { type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import type { Actor, UserActor } from '../access/actor.ts'
import { forbidden, invalid, unauthenticated } from '../shared/errors.ts'
import { contextOf } from './request-context.ts'
import type { BindRoutes, RouteBinderDependencies, RouteHandlers } from './route-binder.types.ts'

interface Input {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** A handler whose definition is known only at run time. */
type Handler = (call: Input & { actor: Actor | undefined; request: Request; response: Response }) => Promise<unknown>

/**
 * Each request is named, authenticated, counted, its body read, validated, handled and answered, in this order:
 * nobody who is not known, or who is over their limit, has a body read.
 */
export function createRouteBinder(dependencies: RouteBinderDependencies): BindRoutes {
  return (router, routes, handlers) => {
    for (const [operation, route] of Object.entries<Route>(routes)) {
      const handle = handlerOf(handlers, operation)
      const readInput = inputReader(route)
      router[route.method](route.path, async (request, response) => {
        contextOf(request).route = API_BASE + route.path
        const { actor, leave } = await admit(dependencies, route, request)
        try {
          const input = await readInput(request, response).catch((error: unknown) => {
            // A change counts where it is made; what is refused before counts as any other call.
            if (route.limit === 'change') dependencies.limits.enter({ actor, address: request.ip ?? '' }, 'event')
            throw error
          })
          send(route, response, await handle({ actor, ...input, request, response }))
        } finally {
          leave()
        }
      })
    }
  }
}

async function admit(
  { authenticate, limits }: RouteBinderDependencies,
  { auth, limit }: Pick<Route, 'auth' | 'limit'>,
  request: Request,
): Promise<{ actor: Actor | undefined; leave: () => void }> {
  const address = request.ip ?? ''
  if (auth === 'none') return { actor: undefined, leave: limits.enter({ actor: undefined, address }, limit) }
  if (auth === 'operator') throw forbidden('This is the operator’s.')
  const actor = await authenticate(request, auth)
  if (actor !== undefined) contextOf(request).actor = actor
  if (auth !== 'user_or_api_key' && actor?.kind === 'api_key') throw forbidden('The API key does not reach this.')
  return { actor, leave: limits.enter({ actor, address }, limit) }
}

/** The same door for what speaks a protocol of its own. @throws AppError as a route's */
export async function admitPerson(
  dependencies: RouteBinderDependencies,
  request: Request,
): Promise<{ actor: UserActor; leave: () => void }> {
  const { actor, leave } = await admit(dependencies, { auth: 'user', limit: 'event' }, request)
  if (actor?.kind !== 'user') throw unauthenticated()
  return { actor, leave }
}

/** TypeScript does not follow one key through two mapped types; that the two belong together, `RouteHandlers` has checked. */
function handlerOf<Table extends RouteTable>(handlers: RouteHandlers<Table>, operation: string): Handler {
  const handler: unknown = handlers[operation]
  if (typeof handler !== 'function') throw new Error(`No handler for ${operation}.`)
  return async (call) => handler(call)
}

const JSON_TYPES = ['application/json', 'application/*+json']

function inputReader(route: Route): (request: Request, response: Response) => Promise<Input> {
  const parseJson = express.json({ limit: route.maxBodyBytes ?? LIMITS.bodyBytes, type: JSON_TYPES })
  return async (request, response) => {
    if (route.body !== undefined) await readBody(parseJson, request, response)
    return {
      params: parse(route.params, request.params),
      query: parse(route.query, request.query),
      body: parse(route.body, request.body),
    }
  }
}

async function readBody(parseJson: RequestHandler, request: Request, response: Response): Promise<void> {
  // Where there is no body `is` answers null: what is required in it is for the schema to say. One of no bytes, as
  // browsers announce for a POST without any, is none either.
  const isEmpty = request.headers['content-length'] === '0'
  if (!isEmpty && request.is(JSON_TYPES) === false)
    throw invalid('Expected a JSON body, with Content-Type: application/json.')
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  })
}

function parse(schema: z.ZodType | undefined, input: unknown): unknown {
  if (schema === undefined) return undefined
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw invalid('The request is not valid.', toDetails(result.error))
}

const answerOf = z.object({ data: z.unknown(), meta: z.unknown().optional(), status: z.literal(200).optional() })

function send(route: Route, response: Response, answered: unknown): void {
  if (response.headersSent || route.produces !== undefined) return
  if (route.response === undefined) {
    response.status(route.status).end()
    return
  }
  const { data, meta, status } = answerOf.parse(answered)
  response
    .status(status ?? route.status)
    .json(meta === undefined ? { success: true, data } : { success: true, data, meta })
}
