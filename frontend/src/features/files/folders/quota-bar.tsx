import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useOwnUsage } from '../../../lectern/file-queries.ts'
import { byteSize } from '../../../ui/byte-size.ts'
import styles from './quota-bar.module.css'

/** From here on there is a word about it. */
const NEARLY = 0.9

/** How much of what one may store is used; nothing where there is no limit. */
export function QuotaBar() {
  const { t, i18n } = useTranslation('files')
  const { data } = useOwnUsage()
  if (data === undefined || data.limit === null) return null
  const { used, limit } = data
  const share = limit === 0 ? 1 : Math.min(1, used / limit)
  const text = t('quota.used', { used: byteSize(used, i18n.language), limit: byteSize(limit, i18n.language) })
  return (
    <section className={styles['quota']} aria-label={t('quota.label')}>
      <div className={styles['words']}>
        <span>{t('quota.label')}</span>
        <span className={styles['used']}>{text}</span>
      </div>
      <Progress.Root size="sm">
        <Progress.Section
          value={share * 100}
          color={share >= 1 ? 'red.7' : share >= NEARLY ? 'orange.7' : 'indigo.6'}
          aria-label={t('quota.label')}
          aria-valuetext={text}
        />
      </Progress.Root>
      {share >= NEARLY && <p className={styles['warning']}>{t(share >= 1 ? 'quota.full' : 'quota.nearlyFull')}</p>}
    </section>
  )
}
