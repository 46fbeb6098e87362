import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A password that can be shown, with a word about caps lock. */
export function PasswordField({ description, ...props }: PasswordInputProps) {
  const { t } = useTranslation('account')
  const [hasCapsLock, setCapsLock] = useState(false)
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <PasswordInput
      {...props}
      description={hasCapsLock ? t('password.capsLock') : description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onKeyDown={watch}
      onKeyUp={watch}
      onBlur={() => setCapsLock(false)}
      visibilityToggleButtonProps={{ 'aria-label': t('password.toggle') }}
    />
  )
}
