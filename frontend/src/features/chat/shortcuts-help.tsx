import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { KeyList } from '../../ui/key-list.tsx'
import styles from './shortcuts-help.module.css'

/** Names of keys are what stands on the keyboard. */
const SHORTCUTS = [
  { what: 'send', keys: ['Enter'] },
  { what: 'break', keys: ['Shift', 'Enter'] },
  { what: 'editLast', keys: ['↑'] },
  { what: 'cancel', keys: ['Esc'] },
  { what: 'move', keys: ['↑', '↓'] },
  { what: 'ends', keys: ['Home', 'End'] },
  { what: 'actions', keys: ['Enter'] },
  { what: 'reply', keys: ['R'] },
  { what: 'edit', keys: ['E'] },
  { what: 'delete', keys: ['Delete'] },
] as const

/** What of it holds in the composer; the rest holds in the list. */
const IN_COMPOSER = 4

export function ShortcutsHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('chat')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('shortcuts.title')}>
      <h3 className={styles['heading']}>{t('shortcuts.inComposer')}</h3>
      <Shortcuts from={0} to={IN_COMPOSER} />
      <h3 className={styles['heading']}>{t('shortcuts.inList')}</h3>
      <Shortcuts from={IN_COMPOSER} to={SHORTCUTS.length} />
    </Dialog>
  )
}

function Shortcuts({ from, to }: { from: number; to: number }) {
  const { t } = useTranslation('chat')
  return <KeyList items={SHORTCUTS.slice(from, to).map(({ what, keys }) => ({ what: t(`shortcuts.${what}`), keys }))} />
}
