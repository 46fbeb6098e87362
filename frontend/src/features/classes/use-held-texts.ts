import type { ClassSession } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { weekdayName } from '../../ui/calendar.ts'
import { durationText } from '../../ui/duration.ts'
import { clockTime, daysAgo } from '../../ui/time.ts'

/** As `Monday, 9:47 – 10:32` and `45 min`: when a class was held that is over. @param dayOf how the day is called */
export function useHeldTexts(
  { started_at, ended_at }: ClassSession,
  dayOf: (time: string, language: string) => string = weekdayName,
): readonly string[] {
  const { t, i18n } = useTranslation('classes')
  const { language } = i18n
  if (started_at === null || ended_at === null) return []
  const day = dayOf(started_at, language)
  const from = clockTime(started_at, language)
  // One that was reopened on another day is not one length of time.
  if (daysAgo(started_at, ended_at) !== 0) return [t('past.heldFrom', { day, from })]
  const seconds = (Date.parse(ended_at) - Date.parse(started_at)) / 1000
  return [t('past.held', { day, from, to: clockTime(ended_at, language) }), durationText(seconds, language)]
}
