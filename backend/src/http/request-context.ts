import type { Request } from 'express'
import type { Actor } from '../access/actor.ts'
import { newId } from '../shared/ids.ts'

/** What is known of a request beside what it says of itself. */
export interface RequestContext {
  /** Ours, never the client's: what stands in the log and in `X-Request-Id`. */
  readonly id: string
  /** The pattern that matched, as `/api/v1/courses/:courseId`; undefined when none did. */
  route?: string
  /** Once the caller is known. */
  actor?: Actor
}

const contexts = new WeakMap<Request, RequestContext>()

/** The same object at every call for the same request. */
export function contextOf(request: Request): RequestContext {
  const known = contexts.get(request)
  if (known !== undefined) return known
  const made = { id: newId() }
  contexts.set(request, made)
  return made
}

/** Who called, for the log. */
export const callerOf = ({ actor }: RequestContext): string | undefined =>
  actor?.kind === 'user' ? actor.userId : actor?.kind
