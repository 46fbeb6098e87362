import { ActionIcon } from '@mantine/core'
import { Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { durationText } from '../../../ui/duration.ts'
import { clockTime } from '../../../ui/time.ts'
import type { RollProps, RollRowProps } from './roll-row.types.ts'
import styles from './roll-table.module.css'
import { StatusBadge } from './status-badge.tsx'
import type { Span } from './timeline.ts'
import { TimelineBar } from './timeline-bar.tsx'
import { usePercentText } from './use-percent-text.ts'

/** A row for each person. */
export function RollTable({ label, records, ...draw }: RollProps) {
  const { t } = useTranslation('classes')
  return (
    <table className={styles['table']} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('column.name')}</th>
          <th scope="col">{t('column.status')}</th>
          <th scope="col" className={styles['timeline']}>
            <Axis whole={draw.whole} />
          </th>
          <th scope="col" className={styles['number']}>
            {t('column.time')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('column.joins')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('column.hands')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('column.messages')}
          </th>
          <td className={styles['edit']} />
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <Row key={record.user_id} record={record} {...draw} />
        ))}
      </tbody>
    </table>
  )
}

function Axis({ whole }: { whole: Span | undefined }) {
  const { t, i18n } = useTranslation('classes')
  if (whole === undefined) return t('column.timeline')
  return (
    <span className={styles['axis']}>
      <span>{clockTime(whole.from, i18n.language)}</span>
      <span>{t('column.timeline')}</span>
      <span>{clockTime(whole.to, i18n.language)}</span>
    </span>
  )
}

function Row({ record, whole, now, lateFrom, onOpen }: RollRowProps) {
  const { t, i18n } = useTranslation('classes')
  const percentText = usePercentText()
  const open = () => onOpen(record.user_id)
  return (
    <tr>
      <th scope="row">
        <span className={styles['person']}>
          <Avatar id={record.user_id} name={record.user_name} size={28} />
          <span className={styles['words']}>
            <bdi>{record.user_name}</bdi>
            {record.note !== null && record.note !== '' && <span className={styles['note']}>{record.note}</span>}
          </span>
        </span>
      </th>
      <td>
        <StatusBadge record={record} />
      </td>
      <td className={styles['timeline']}>
        {whole !== undefined && (
          <TimelineBar record={record} whole={whole} now={now} lateFrom={lateFrom} onOpen={open} />
        )}
      </td>
      <td className={styles['number']}>
        {record.joins === 0 ? (
          <span className={styles['none']} aria-hidden="true">
            –
          </span>
        ) : (
          <>
            {durationText(record.total_seconds, i18n.language)}
            <span className={styles['percent']}>{percentText(record.percent)}</span>
          </>
        )}
      </td>
      <td className={styles['number']}>{record.joins}</td>
      <td className={styles['number']}>{record.hands_raised}</td>
      <td className={styles['number']}>{record.messages_sent}</td>
      <td className={styles['edit']}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          aria-label={t('correction.open', { name: record.user_name })}
          title={t('correction.open', { name: record.user_name })}
          onClick={open}
        >
          <Pencil size={16} aria-hidden="true" />
        </ActionIcon>
      </td>
    </tr>
  )
}
