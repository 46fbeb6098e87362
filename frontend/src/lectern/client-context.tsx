import type { LecternClient } from '@lectern/client'
import type { UserRecord } from '@lectern/protocol'
import { createContext, type ReactNode, use, useMemo } from 'react'

interface SignedIn {
  readonly client: LecternClient
  readonly me: UserRecord
}

const ClientContext = createContext<SignedIn | undefined>(undefined)

/** Who is signed in, and their client, for everything inside. */
export function ClientProvider({ client, me, children }: SignedIn & { children: ReactNode }) {
  const value = useMemo(() => ({ client, me }), [client, me])
  return <ClientContext value={value}>{children}</ClientContext>
}

function useSignedIn(): SignedIn {
  const value = use(ClientContext)
  if (value === undefined) throw new Error('Nobody is signed in here: ClientProvider is missing.')
  return value
}

export const useClient = (): LecternClient => useSignedIn().client

export const useMe = (): UserRecord => useSignedIn().me
