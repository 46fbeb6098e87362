import { type ComponentType, useEffect, useState } from 'react'

/** A component whose script is fetched when it is first wanted. */
export interface Part<Props extends object> {
  /** Undefined until it was fetched. */
  component(): ComponentType<Props> | undefined
  /** Fetches it at most once; when that fails, the next call tries again. */
  fetch(): Promise<ComponentType<Props>>
}

export function part<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let component: ComponentType<Props> | undefined
  return {
    component: () => component,
    fetch: async () => {
      component ??= await load()
      return component
    },
  }
}

/**
 * Tries again each time that there is a network again.
 * @param onFailed told each time that it could not be fetched
 * @returns undefined while it is not there
 */
export function usePart<Props extends object>(
  wanted: Part<Props>,
  isWanted: boolean,
  onFailed?: () => void,
): ComponentType<Props> | undefined {
  const [, redraw] = useState(false)
  const component = wanted.component()
  useEffect(() => {
    if (!isWanted || component !== undefined) return
    const left = new AbortController()
    const { signal } = left
    const fetch = (): void => {
      wanted.fetch().then(
        () => signal.aborted || redraw(true),
        () => signal.aborted || onFailed?.(),
      )
    }
    fetch()
    addEventListener('online', fetch, { signal })
    return () => left.abort()
  }, [wanted, isWanted, component, onFailed])
  return component
}

/** Nothing until it was fetched, which begins when it is first drawn. */
export function whenFetched<Props extends object>(wanted: Part<Props>): ComponentType<Props> {
  return function WhenFetched(props) {
    const Component = usePart(wanted, true)
    return Component === undefined ? null : <Component {...props} />
  }
}
