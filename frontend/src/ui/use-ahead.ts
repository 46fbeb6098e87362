import type { Namespace } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** How long after a page is drawn what it leads to is fetched. */
const LATER_MS = 1500

/**
 * Fetches what will be wanted next before it is asked for, so that it is there at once, and also without a network.
 * When that fails, it is fetched when it is wanted. `load` and `namespaces` are read once.
 */
export function useAhead(load: () => Promise<unknown>, namespaces: Namespace = []): void {
  const { i18n } = useTranslation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a page.
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled([load(), i18n.loadNamespaces(namespaces)]), LATER_MS)
    return () => clearTimeout(timer)
  }, [])
}
