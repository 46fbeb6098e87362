import { createContext, use } from 'react'

/** Whether a page is shown beside something else, which says where one is, and has the title. */
export const BesideContext = createContext(false)

export const useIsBeside = (): boolean => use(BesideContext)
