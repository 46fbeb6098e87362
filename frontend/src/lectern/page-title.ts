import { useEffect } from 'react'
import { useIsBeside } from './beside.ts'
import { useTotalUnread } from './client-hooks.ts'

const PRODUCT = 'Lectern'

const titleOf = (page: string | undefined): string => (page === undefined ? PRODUCT : `${page} · ${PRODUCT}`)

/** The title of a page that is there without signing in. */
export function usePublicPageTitle(page?: string): void {
  useEffect(() => {
    document.title = titleOf(page)
  }, [page])
}

/** The title of a page, before it how many messages are unread. @param page left out while it is not known */
export function usePageTitle(page?: string): void {
  const unread = useTotalUnread()
  const title = unread === 0 ? titleOf(page) : `(${unread > 99 ? '99+' : unread}) ${titleOf(page)}`
  const isBeside = useIsBeside()
  useEffect(() => {
    if (!isBeside) document.title = title
  }, [title, isBeside])
}
