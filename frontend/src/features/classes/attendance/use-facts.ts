import type { AttendanceRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { durationText } from '../../../ui/duration.ts'
import { usePercentText } from './use-percent-text.ts'

/** A number stays on one line with what it counts. */
const together = (fact: string): string => fact.replaceAll(' ', '\u00a0')

/** What was counted of somebody, in a few words each; nothing of who never came. */
export function useFacts(record: AttendanceRecord): readonly string[] {
  const { t, i18n } = useTranslation('classes')
  const percentText = usePercentText()
  const { joins, hands_raised: hands, messages_sent: messages } = record
  const said = messages === 0 ? [] : [t('facts.messages', { count: messages })]
  if (joins === 0) return said.map(together)
  return [
    t('facts.time', { time: durationText(record.total_seconds, i18n.language), percent: percentText(record.percent) }),
    ...(joins > 1 ? [t('facts.joins', { count: joins })] : []),
    ...(hands === 0 ? [] : [t('facts.hands', { count: hands })]),
    ...said,
  ].map(together)
}
