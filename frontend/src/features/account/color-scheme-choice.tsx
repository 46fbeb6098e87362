import { useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Choice } from './choice.tsx'

const SCHEMES = ['auto', 'light', 'dark'] as const

/** This browser's own: another screen may want another. */
export function ColorSchemeChoice() {
  const { t } = useTranslation('account')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Choice
      label={t('settings.colorScheme')}
      value={colorScheme}
      data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`settings.colorSchemes.${scheme}`) }))}
      onChange={setColorScheme}
    />
  )
}
