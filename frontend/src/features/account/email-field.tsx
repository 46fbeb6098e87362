import { TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The address that an account is known by. */
export function EmailField(props: TextInputProps) {
  const { t } = useTranslation('account')
  return (
    <TextInput
      {...props}
      type="email"
      name="email"
      label={t('fields.email')}
      // A password manager takes it for the account's name.
      autoComplete="username"
      inputMode="email"
    />
  )
}
