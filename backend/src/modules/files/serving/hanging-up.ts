import type { Response } from 'express'
import { codeOf } from '../../../shared/code-of.ts'

/** As nginx's `send_timeout`: who pauses a film asks again for the rest. */
export const STALL_MS = 60_000

/** Closes the connection of a client that takes nothing for so long: it holds an open file, and may hold one of few turns. */
export function closeWhenStalled(response: Response, stallMs = STALL_MS): void {
  response.setTimeout(stallMs, () => response.destroy())
}

/** Who has hung up has nothing to be told. @throws any other error of a `pipeline` into an answer */
export function unlessHungUp(error: unknown): void {
  if (codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}
