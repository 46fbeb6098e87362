import { LecternError } from '@lectern/client'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../lectern/error-text.ts'
import { usePublicPageTitle } from '../lectern/page-title.ts'
import { useSession, useSessionState } from '../lectern/session-context.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { FullPage } from './full-page.tsx'
import { lazyPage } from './lazy-page.tsx'
import { SignedOut } from './signed-out.tsx'
import { Splash } from './splash.tsx'

const SignedIn = lazyPage(async () => (await import('./signed-in.tsx')).SignedIn)

/** What is shown to whom. The address stays as it is, so that who signs in is where they wanted to be. */
export function Root() {
  const state = useSessionState()
  switch (state.kind) {
    case 'starting':
      return <Splash />
    case 'unreachable':
      return <UnreachablePage error={state.error} />
    case 'signed_out':
      return <SignedOut ended={state.ended} />
    case 'signed_in':
      return <SignedIn key={state.user.id} client={state.client} me={state.user} />
  }
}

function UnreachablePage({ error }: { error: unknown }) {
  const { t } = useTranslation('common')
  const session = useSession()
  const errorText = useErrorText()
  const isNetwork = error instanceof LecternError && error.code === 'NETWORK'
  usePublicPageTitle(t('unreachable.title'))
  return (
    <FullPage>
      <ErrorState
        title={t('unreachable.title')}
        text={isNetwork ? t('unreachable.text') : errorText(error)}
        onRetry={() => void session.start()}
      />
    </FullPage>
  )
}
