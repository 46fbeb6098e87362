import {
  ERROR_STATUS,
  type ErrorCode,
  type EventLimit,
  type Route,
  type RouteAuth,
  type RouteLimit,
} from '@lectern/protocol'
import { z } from 'zod'

/** The object inside what validates it: an input schema is a pipe, whose first step takes either spelling. */
export function fieldsOf(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema
  if (schema instanceof z.ZodPipe) {
    const inner = schema.in instanceof z.ZodTransform ? schema.out : schema.in
    if (inner instanceof z.ZodType) return fieldsOf(inner)
  }
  throw new TypeError('An input of a route must be an object.')
}

/** Every code that a route may answer: those of its door, its inputs and its limit, and its own. */
export function errorCodesOf(route: Route): ErrorCode[] {
  const codes = new Set<ErrorCode>(route.errors)
  if (route.params ?? route.query ?? route.body ?? route.form) codes.add('VALIDATION_FAILED')
  if (route.body !== undefined) codes.add('PAYLOAD_TOO_LARGE')
  if (route.auth !== 'none') codes.add('UNAUTHENTICATED')
  if (route.limit !== 'none') codes.add('RATE_LIMITED')
  codes.add('INTERNAL')
  return [...codes].sort((one, other) => ERROR_STATUS[one] - ERROR_STATUS[other])
}

export const AUTH_IN_WORDS: Readonly<Record<RouteAuth, string>> = {
  none: 'no token',
  optional: 'token, or none',
  user: 'token',
  user_or_api_key: 'token or API key',
  operator: 'operator',
}

export const LIMIT_IN_WORDS: Readonly<Record<RouteLimit | EventLimit, string>> = {
  change: 'counts as a change',
  event: 'counts as an event',
  report: 'few at once',
  bytes: 'counts as a read',
  typing: 'counts as typing',
  signal: 'counts as a signal',
  none: 'no limit per person',
}
