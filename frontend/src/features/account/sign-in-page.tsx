import { LecternError } from '@lectern/client'
import { Anchor, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'wouter'
import { useErrorText } from '../../lectern/error-text.ts'
import { usePublicPageTitle } from '../../lectern/page-title.ts'
import { registration } from '../../lectern/registration.ts'
import { useSession, useSessionState } from '../../lectern/session-context.ts'
import styles from './auth-layout.module.css'
import { AuthLayout } from './auth-layout.tsx'
import { isEmail } from './checks.ts'
import { EmailField } from './email-field.tsx'
import { type Failure, FailureAlert, waitUntil } from './failure.tsx'
import { PasswordField } from './password-field.tsx'

export function SignInPage() {
  const { t } = useTranslation('account')
  const state = useSessionState()
  usePublicPageTitle(t('signIn.title'))
  const hasEnded = state.kind === 'signed_out' && state.ended === 'local'
  return (
    <AuthLayout title={t('signIn.title')} lead={hasEnded ? t('signIn.ended') : t('signIn.lead')}>
      <SignInForm />
      {registration() !== 'closed' && (
        <p className={styles['other']}>
          {t('signIn.noAccount')} <RegisterLink />
        </p>
      )}
    </AuthLayout>
  )
}

/** Back to the invitation, for who came from one. */
function RegisterLink() {
  const { t } = useTranslation('account')
  const [search] = useSearchParams()
  const next = search.get('next')
  return (
    <Anchor component={Link} href={next?.startsWith('/join/') ? next : '/register'} inherit fw={600}>
      {t('signIn.register')}
    </Anchor>
  )
}

function SignInForm() {
  const { t } = useTranslation('account')
  const { submit, isUnderWay, failure } = useSignIn()
  const password = useRef<HTMLInputElement>(null)
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (isEmail(email) ? null : t('fields.emailInvalid')),
      password: (given) => (given === '' ? t('fields.passwordMissing') : null),
    },
  })
  const send = form.onSubmit(async (values) => {
    if (!(await submit(values))) password.current?.select()
  })
  return (
    <form className={styles['form']} onSubmit={send} noValidate>
      <FailureAlert failure={failure} />
      <EmailField autoFocus {...form.getInputProps('email')} />
      <PasswordField
        ref={password}
        name="password"
        label={t('fields.password')}
        autoComplete="current-password"
        {...form.getInputProps('password')}
      />
      <Button type="submit" loading={isUnderWay} fullWidth>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

function useSignIn() {
  const { t } = useTranslation('account')
  const session = useSession()
  const errorText = useErrorText()
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const textOf = (error: unknown): string => {
    if (!(error instanceof LecternError)) return errorText(error)
    if (error.code === 'UNAUTHENTICATED') return t('signIn.wrong')
    if (error.code === 'RATE_LIMITED') return t('tooMany')
    return errorText(error)
  }
  const submit = async (credentials: { email: string; password: string }): Promise<boolean> => {
    setUnderWay(true)
    setFailure(undefined)
    try {
      await session.signIn(credentials)
      return true
    } catch (error) {
      setFailure({ text: textOf(error), waitUntil: waitUntil(error) })
      return false
    } finally {
      setUnderWay(false)
    }
  }
  return { submit, isUnderWay, failure }
}
