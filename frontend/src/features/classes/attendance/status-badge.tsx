import type { AttendanceRecord, AttendanceStatus } from '@lectern/protocol'
import { Check, CircleDashed, Clock, type LucideIcon, Pencil, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import { isCorrected } from './roll.ts'
import styles from './status-badge.module.css'

const ICONS: Readonly<Record<AttendanceStatus, LucideIcon>> = {
  present: Check,
  late: Clock,
  partial: CircleDashed,
  absent: X,
}

export function StatusIcon({ status }: { status: AttendanceStatus }) {
  const Icon = ICONS[status]
  return <Icon size={14} aria-hidden="true" />
}

/** What somebody's attendance is called; of one that staff corrected also what was measured. */
export function StatusBadge({ record }: { record: AttendanceRecord }) {
  const { t } = useTranslation('classes')
  const { status, measured_status: measured } = record
  return (
    <span className={styles['both']}>
      <span className={clsx(styles['badge'], styles[status])}>
        <StatusIcon status={status} />
        {t(`status.${status}`)}
      </span>
      {isCorrected(record) && (
        <span className={styles['corrected']}>
          <Pencil size={12} aria-hidden="true" />
          {t('correction.measured', { status: t(`status.${measured}`) })}
        </span>
      )}
    </span>
  )
}
