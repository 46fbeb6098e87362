export interface NetworkListener {
  offline(): void
  online(): void
  /** The person looks at the page again. */
  visible(): void
}

/** What this machine knows of its network. */
export interface Network {
  isOffline(): boolean
  /** @returns stops telling */
  watch(listener: NetworkListener): () => void
}

/** By a browser's word, where there is one. */
export const browserNetwork: Network = {
  isOffline: () => typeof navigator !== 'undefined' && navigator.onLine === false,

  watch(listener) {
    const ended = new AbortController()
    const { signal } = ended
    if (typeof addEventListener === 'function') {
      addEventListener('offline', () => listener.offline(), { signal })
      addEventListener('online', () => listener.online(), { signal })
    }
    if (typeof document !== 'undefined') {
      const look = (): void => {
        if (document.visibilityState === 'visible') listener.visible()
      }
      document.addEventListener('visibilitychange', look, { signal })
    }
    return () => ended.abort()
  },
}
