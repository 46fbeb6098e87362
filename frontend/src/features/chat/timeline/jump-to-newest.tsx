import { ArrowDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import styles from './jump-to-newest.module.css'

/** More than these nobody counts. */
const MOST = 999

/** Leads back to the end, from wherever one has scrolled to. */
export function JumpToNewest({ unread, onClick }: { unread: number; onClick: () => void }) {
  const { t, i18n } = useTranslation('chat')
  const shown = unread > MOST ? `${MOST}+` : unread.toLocaleString(i18n.language)
  return (
    <button
      type="button"
      className={clsx(styles['button'], unread > 0 && styles['unread'])}
      aria-label={t('list.toNewest', { count: unread })}
      onClick={onClick}
    >
      {unread > 0 && <span>{t('list.newBelow', { count: unread, shown })}</span>}
      <ArrowDown size={18} aria-hidden="true" />
    </button>
  )
}
