import type { Readable } from '@lectern/client'
import { PATIENCE_MS } from './patience.ts'

/**
 * The first state that satisfies the predicate, now or when it comes.
 * @throws Error with the last state when none comes in time
 */
export async function until<State>(
  readable: Readable<State>,
  predicate: (state: State) => boolean,
  { withinMs = PATIENCE_MS }: { readonly withinMs?: number } = {},
): Promise<State> {
  const { promise, resolve, reject } = Promise.withResolvers<State>()
  const look = () => {
    const state = readable.getSnapshot()
    if (predicate(state)) resolve(state)
  }
  const patience = setTimeout(() => {
    const last = JSON.stringify(readable.getSnapshot())?.slice(0, 2000)
    reject(new Error(`Not within ${withinMs} ms: ${predicate}. Last: ${last}`))
  }, withinMs)
  const stop = readable.subscribe(look)
  look()
  try {
    return await promise
  } finally {
    stop()
    clearTimeout(patience)
  }
}
