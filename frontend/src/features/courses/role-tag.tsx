import type { EffectiveRole } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import styles from './role-tag.module.css'

/** One's role in a course; nothing for students, who most are. */
export function RoleTag({ role }: { role: EffectiveRole | null }) {
  const { t } = useTranslation('common')
  if (role === null || role === 'student') return null
  return <span className={styles['tag']}>{t(`roles.${role}`)}</span>
}
