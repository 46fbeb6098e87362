import { useTranslation } from 'react-i18next'
import { useUnread } from '../../../lectern/client-hooks.ts'
import { CountBadge } from '../../../ui/count-badge.tsx'
import { useInClass } from '../class-context.tsx'

export function ChatBadge({ courseId }: { courseId: string }) {
  const { t } = useTranslation('class')
  const { unread } = useUnread(courseId)
  return <CountBadge count={unread} label={t('bar.unread', { count: unread })} />
}

/** How many wait to be called. */
export function HandsBadge() {
  const { t } = useTranslation('class')
  const count = useInClass(({ hands }) => hands.length)
  return <CountBadge count={count} label={t('people.hands', { count })} />
}
