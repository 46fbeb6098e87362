import type { Readable } from '@lectern/client'
import { useCallback, useSyncExternalStore } from 'react'

/** The state of a part of the SDK; renders again when it changes. */
export function useReadable<State>(readable: Readable<State>): State {
  const subscribe = useCallback((listener: () => void) => readable.subscribe(listener), [readable])
  return useSyncExternalStore(subscribe, () => readable.getSnapshot())
}

/** A part of the state; `select` answers the same object until that part changes, and renders again only then. */
export function useSelected<State, Part>(readable: Readable<State>, select: (state: State) => Part): Part {
  const subscribe = useCallback((listener: () => void) => readable.subscribe(listener), [readable])
  return useSyncExternalStore(subscribe, () => select(readable.getSnapshot()))
}
