import type { AttendanceStatus } from '@lectern/protocol'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import { type Counts, STATUSES } from './roll.ts'
import { StatusIcon } from './status-badge.tsx'
import styles from './summary.module.css'

interface SummaryProps {
  counts: Counts
  /** Whose students alone are shown; undefined for all. */
  chosen: AttendanceStatus | undefined
  onChoose: (status: AttendanceStatus | undefined) => void
}

/** How many were present, late, partly there and absent; each of them shows these alone. */
export function Summary({ counts, chosen, onChoose }: SummaryProps) {
  const { t } = useTranslation('classes')
  return (
    <fieldset className={styles['tiles']} aria-label={t('attendance.summary')}>
      {STATUSES.map((status) => (
        <UnstyledButton
          key={status}
          className={clsx(styles['tile'], styles[status])}
          aria-pressed={chosen === status}
          onClick={() => onChoose(chosen === status ? undefined : status)}
        >
          <span className={styles['count']}>{counts[status]}</span>
          <span className={styles['name']}>
            <StatusIcon status={status} />
            {t(`status.${status}`)}
          </span>
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
