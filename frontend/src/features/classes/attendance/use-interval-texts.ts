import type { AttendanceRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { clockTime } from '../../../ui/time.ts'

/** As `9:47 – 10:32`, one for each time that somebody was there. */
export function useIntervalTexts(intervals: AttendanceRecord['intervals']): readonly string[] {
  const { t, i18n } = useTranslation('classes')
  const at = (time: string) => clockTime(time, i18n.language)
  return intervals.map(({ joined_at, left_at }) =>
    left_at === null
      ? t('timeline.since', { from: at(joined_at) })
      : t('timeline.fromTo', { from: at(joined_at), to: at(left_at) }),
  )
}
