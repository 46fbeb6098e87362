import { Input, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './settings-page.module.css'

/** This browser's own: another screen may want another. */
export function ColorSchemeChoice() {
  const { t } = useTranslation('account')
  const id = useId()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <div>
      <Input.Label id={id} labelElement="div" mb={4}>
        {t('settings.colorScheme')}
      </Input.Label>
      <SegmentedControl
        fullWidth
        className={styles['choice']}
        aria-labelledby={id}
        value={colorScheme}
        data={[
          { value: 'auto', label: t('settings.colorSchemes.auto') },
          { value: 'light', label: t('settings.colorSchemes.light') },
          { value: 'dark', label: t('settings.colorSchemes.dark') },
        ]}
        onChange={(scheme) => setColorScheme(scheme === 'light' || scheme === 'dark' ? scheme : 'auto')}
      />
    </div>
  )
}
