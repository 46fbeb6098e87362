import { ActionIcon } from '@mantine/core'
import { Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { RowList } from '../../../ui/row-list.tsx'
import styles from './roll-cards.module.css'
import type { RollProps, RollRowProps } from './roll-row.types.ts'
import { StatusBadge } from './status-badge.tsx'
import { TimelineBar } from './timeline-bar.tsx'
import { useFacts } from './use-facts.ts'

/** Where there is no room for a table: a card for each person. */
export function RollCards({ label, records, ...draw }: RollProps) {
  return (
    <section aria-label={label}>
      <RowList>
        {records.map((record) => (
          <Card key={record.user_id} record={record} {...draw} />
        ))}
      </RowList>
    </section>
  )
}

function Card({ record, whole, now, lateFrom, onOpen }: RollRowProps) {
  const { t } = useTranslation('classes')
  const facts = useFacts(record)
  const open = () => onOpen(record.user_id)
  return (
    <li className={styles['card']}>
      <div className={styles['head']}>
        <Avatar id={record.user_id} name={record.user_name} size={32} />
        <div className={styles['person']}>
          <bdi className={styles['name']}>{record.user_name}</bdi>
          <StatusBadge record={record} />
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('correction.open', { name: record.user_name })}
          onClick={open}
        >
          <Pencil size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      {whole !== undefined && record.intervals.length > 0 && (
        <TimelineBar record={record} whole={whole} now={now} lateFrom={lateFrom} onOpen={open} />
      )}
      {facts.length > 0 && <p className={styles['facts']}>{facts.join(' · ')}</p>}
      {record.note !== null && record.note !== '' && <p className={styles['note']}>{record.note}</p>}
    </li>
  )
}
