import type { AttendanceRecord } from '@lectern/protocol'
import { Tooltip, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { barsOf, placeOf, type Span } from './timeline.ts'
import styles from './timeline-bar.module.css'
import { useIntervalTexts } from './use-interval-texts.ts'

interface TimelineBarProps {
  record: AttendanceRecord
  whole: Span
  now: number
  /** From when on one is late, in epoch milliseconds. */
  lateFrom?: number | undefined
  onOpen?: (() => void) | undefined
}

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`

/** When somebody was there, against the time that the class was live; in words where it is pointed at, or focused. */
export function TimelineBar({ record, whole, now, lateFrom, onOpen }: TimelineBarProps) {
  const { t } = useTranslation('classes')
  const texts = useIntervalTexts(record.intervals)
  const said = texts.length === 0 ? t('timeline.never') : t('timeline.present', { times: texts.join(', ') })
  const late = lateFrom === undefined ? undefined : placeOf(lateFrom, whole)
  const picture = (
    <svg className={styles['bar']} aria-hidden="true" focusable="false">
      <rect className={styles['track']} width="100%" height="12" y="4" rx="4" />
      {barsOf(record.intervals, whole, now).map(({ start, width }) => (
        <rect
          key={start}
          className={styles['span']}
          x={percent(start)}
          width={percent(width)}
          height="12"
          y="4"
          rx="3"
        />
      ))}
      {late !== undefined && <line className={styles['late']} x1={percent(late)} x2={percent(late)} y1="1" y2="19" />}
    </svg>
  )
  const lines = texts.length === 0 ? said : texts.map((text) => <div key={text}>{text}</div>)
  return (
    <Tooltip label={lines} multiline openDelay={150} events={{ hover: true, focus: true, touch: true }}>
      {onOpen === undefined ? (
        <div className={styles['frame']} role="img" aria-label={said}>
          {picture}
        </div>
      ) : (
        <UnstyledButton
          className={styles['frame']}
          aria-label={t('timeline.details', { name: record.user_name, times: said })}
          onClick={onOpen}
        >
          {picture}
        </UnstyledButton>
      )}
    </Tooltip>
  )
}
