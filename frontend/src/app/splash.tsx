import { Center, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './splash.module.css'

/** What is shown while a page is on its way: nothing at first, since most are there at once. */
export function Splash() {
  const { t } = useTranslation('common', { useSuspense: false })
  return (
    <Center h="100%" role="status" aria-label={t('loading')} className={styles['splash']}>
      <Loader size="sm" type="dots" aria-hidden="true" />
    </Center>
  )
}
