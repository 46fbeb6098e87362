import type { Realm } from '@lectern/protocol'
import { Route, Switch } from 'wouter'
import { SignInPage } from '../features/account/sign-in-page.tsx'
import { lazyPage } from './lazy-page.tsx'

const RegisterPage = lazyPage(async () => (await import('../features/account/register-page.tsx')).RegisterPage)
const LmsSessionEndedPage = lazyPage(
  async () => (await import('../features/account/lms-session-ended-page.tsx')).LmsSessionEndedPage,
)

/** @param ended where the person is from whose session has ended */
export function SignedOut({ ended }: { ended: Realm | undefined }) {
  return (
    <Switch>
      <Route path="/register">
        <RegisterPage />
      </Route>
      <Route path="/join/:code">{({ code }) => <RegisterPage key={code} invitation={code} />}</Route>
      <Route path="/sign-in">
        <SignInPage />
      </Route>
      <Route>{ended === 'external' ? <LmsSessionEndedPage /> : <SignInPage />}</Route>
    </Switch>
  )
}
