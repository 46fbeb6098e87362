import { LIMITS } from '@lectern/protocol'
import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { JoinCodeInput } from '../../lectern/join-code-input.tsx'
import styles from './auth-layout.module.css'
import { isEmail, isName, isNewPassword } from './checks.ts'
import { EmailField } from './email-field.tsx'
import { FailureAlert } from './failure.tsx'
import { PasswordField } from './password-field.tsx'
import { useRegister } from './use-register.ts'

/** @param code what the join code's field begins with */
export function RegisterForm({ code, needsCode }: { code: string; needsCode: boolean }) {
  const { t } = useTranslation('account')
  const { register, isUnderWay, failure } = useRegister()
  const problems = {
    name: t('fields.nameInvalid', { max: LIMITS.name }),
    email: t('fields.emailInvalid'),
    password: t('fields.passwordInvalid', { min: LIMITS.passwordMin, max: LIMITS.passwordMax }),
    code: t('fields.codeUnknown'),
  }
  const form = useForm({
    initialValues: { name: '', email: '', password: '', code },
    validate: {
      name: (name) => (isName(name) ? null : problems.name),
      email: (email) => (isEmail(email) ? null : problems.email),
      password: (password) => (isNewPassword(password) ? null : problems.password),
    },
  })
  const send = form.onSubmit(async (values) => {
    const refused = await register(values)
    for (const field of refused) form.setFieldError(field, problems[field])
  })
  return (
    <form className={styles['form']} onSubmit={send} noValidate>
      <FailureAlert failure={failure} />
      <JoinCodeInput
        name="join_code"
        label={t('fields.joinCode')}
        description={t(needsCode ? 'fields.joinCodeHint' : 'fields.joinCodeOptional')}
        autoFocus={code === ''}
        value={form.values.code}
        onChange={(typed) => form.setFieldValue('code', typed)}
        error={form.errors['code']}
      />
      <TextInput
        name="name"
        label={t('fields.name')}
        description={t('fields.nameHint')}
        autoComplete="name"
        autoFocus={code !== ''}
        {...form.getInputProps('name')}
      />
      <EmailField {...form.getInputProps('email')} />
      <PasswordField
        name="password"
        label={t('fields.password')}
        description={t('fields.passwordHint', { min: LIMITS.passwordMin })}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <Button type="submit" loading={isUnderWay} fullWidth>
        {t('register.submit')}
      </Button>
    </form>
  )
}
