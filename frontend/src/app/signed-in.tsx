import type { LecternClient } from '@lectern/client'
import type { UserRecord } from '@lectern/protocol'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { AttachmentsProvider } from '../features/chat/attachments/attachments-context.tsx'
import { ClientProvider } from '../lectern/client-context.tsx'
import { createQueryClient } from '../lectern/query-client.ts'
import { UploadsProvider } from '../lectern/uploads-context.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { useAccountLanguage } from './account-language.ts'
import { Pages } from './pages.tsx'
import { Shell } from './shell/shell.tsx'

/** All that is there for who is signed in; made anew for each person. */
export function SignedIn({ client, me }: { client: LecternClient; me: UserRecord }) {
  const [queries] = useState(createQueryClient)
  useAccountLanguage(me.locale)
  return (
    <QueryClientProvider client={queries}>
      <ClientProvider client={client} me={me}>
        <UploadsProvider>
          <AttachmentsProvider>
            <Shell>
              <Pages />
            </Shell>
          </AttachmentsProvider>
        </UploadsProvider>
        <Toasts />
      </ClientProvider>
    </QueryClientProvider>
  )
}
