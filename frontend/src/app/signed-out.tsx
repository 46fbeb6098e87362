import { Route, Switch } from 'wouter'
import { SignInPage } from '../features/account/sign-in-page.tsx'
import { lazyPage } from './lazy-page.tsx'

const RegisterPage = lazyPage(async () => (await import('../features/account/register-page.tsx')).RegisterPage)

export function SignedOut() {
  return (
    <Switch>
      <Route path="/register">
        <RegisterPage />
      </Route>
      <Route path="/join/:code">{({ code }) => <RegisterPage key={code} invitation={code} />}</Route>
      <Route>
        <SignInPage />
      </Route>
    </Switch>
  )
}
