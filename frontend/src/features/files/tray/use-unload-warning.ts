import { useEffect } from 'react'

/** Without IndexedDB (a private window of some browsers) what is on its way lives as long as its page. */
const isKept = (): boolean => typeof indexedDB !== 'undefined'

/** Asks before the page is left, where that would lose what is on its way. */
export function useUnloadWarning(isUnderWay: boolean): void {
  useEffect(() => {
    if (!isUnderWay || isKept()) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isUnderWay])
}
