import { AtSign, Megaphone, SendHorizontal, Smile } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import { popupOnDemand } from '../../../ui/popup-on-demand.tsx'
import { AttachButton } from '../attachments/attach-button.tsx'
import { useChat } from '../chat-context.ts'
import styles from './composer.module.css'
import type { Fit } from './outgoing-text.ts'

const EmojiPopover = popupOnDemand('dialog', async () => (await import('../emoji/emoji-popover.tsx')).EmojiPopover)

/** Says how much may still be written. */
export const LEFT_ID = 'composer-left'

interface ComposerToolsProps {
  fit: Fit
  isAnnouncement: boolean
  onAnnouncement: (on: boolean) => void
  /** Puts text where the caret is. */
  onInsert: (text: string) => void
  onFiles: (files: readonly File[]) => void
}

/** The row below the text. */
export function ComposerTools({ fit, isAnnouncement, onAnnouncement, onInsert, onFiles }: ComposerToolsProps) {
  const { isStaff } = useChat()
  const { t } = useTranslation('chat')
  return (
    <div className={styles['tools']}>
      <AttachButton className={styles['tool']} onFiles={onFiles} />
      <button
        type="button"
        className={styles['tool']}
        aria-label={t('composer.mention')}
        title={t('composer.mention')}
        onClick={() => onInsert('@')}
      >
        <AtSign size={18} aria-hidden="true" />
      </button>
      <EmojiTool onPick={onInsert} />
      {isStaff && (
        <button
          type="button"
          className={clsx(styles['tool'], styles['labelled'])}
          aria-pressed={isAnnouncement}
          onClick={() => onAnnouncement(!isAnnouncement)}
        >
          <Megaphone size={18} aria-hidden="true" />
          {t('composer.announcement')}
        </button>
      )}
      <span className={styles['space']} />
      {fit.left !== undefined && (
        <span id={LEFT_ID} className={clsx(styles['left'], fit.left < 0 && styles['over'])}>
          {fit.left < 0 ? t('composer.over', { count: -fit.left }) : t('composer.left', { count: fit.left })}
        </span>
      )}
      <button
        type="submit"
        className={styles['send']}
        aria-label={t('composer.send')}
        title={t('composer.send')}
        disabled={!fit.canSend}
        // The on-screen keyboard stays.
        onPointerDown={(event) => event.preventDefault()}
      >
        <SendHorizontal size={18} aria-hidden="true" />
      </button>
    </div>
  )
}

function EmojiTool({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('chat')
  const [isOpen, setOpen] = useState(false)
  const pick = (emoji: string) => {
    setOpen(false)
    onPick(emoji)
  }
  return (
    <EmojiPopover
      opened={isOpen}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      onPick={pick}
      position="top-start"
    >
      <button
        type="button"
        className={styles['tool']}
        aria-label={t('composer.emoji')}
        title={t('composer.emoji')}
        onClick={() => setOpen(!isOpen)}
      >
        <Smile size={18} aria-hidden="true" />
      </button>
    </EmojiPopover>
  )
}
