import { useTranslation } from 'react-i18next'
import { useUnread } from '../../lectern/client-hooks.ts'
import { CountBadge } from '../../ui/count-badge.tsx'

/** What is unread in a course: for whom it was meant, else how much. */
export function CourseBadges({ courseId }: { courseId: string }) {
  const { t } = useTranslation('courses')
  const { unread, mentions } = useUnread(courseId)
  if (mentions > 0) return <CountBadge mention count={mentions} label={t('mentions', { count: mentions })} />
  return <CountBadge count={unread} label={t('unread', { count: unread })} />
}
