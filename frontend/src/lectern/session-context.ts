import { createContext, use } from 'react'
import { useReadable } from './readable.ts'
import type { Session, SessionState } from './session.ts'

export const SessionContext = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = use(SessionContext)
  if (session === undefined) throw new Error('SessionContext is missing.')
  return session
}

export const useSessionState = (): SessionState => useReadable(useSession())
