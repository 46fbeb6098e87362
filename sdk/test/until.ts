import type { Readable } from '../src/readable.ts'

/** The first state that satisfies the predicate, now or when it comes. */
export async function until<State>(readable: Readable<State>, predicate: (state: State) => boolean): Promise<State> {
  const { promise, resolve } = Promise.withResolvers<State>()
  const look = () => {
    const state = readable.getSnapshot()
    if (predicate(state)) resolve(state)
  }
  const stop = readable.subscribe(look)
  look()
  return promise.finally(stop)
}
