import type { MessageRecord } from '@lectern/protocol'
import { useMediaQuery } from '@mantine/hooks'
import { Reply, SmilePlus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmojiPopover } from '../emoji/emoji-popover.tsx'
import { QUICK_EMOJI } from '../emoji/recent-emoji.ts'
import styles from './message-actions.module.css'
import { MessageMenu } from './message-menu.tsx'
import { MessageSheet } from './message-sheet.tsx'
import { Tool } from './tool.tsx'
import { useCommands } from './use-commands.tsx'
import { useToggleReaction } from './use-reactions.ts'

const QUICK_SHOWN = 3

interface MessageActionsProps {
  readonly message: MessageRecord
  /** While something of it is open it must stay mounted. */
  readonly onOpenChange: (open: boolean) => void
}

/** The tools of the one message that has them. */
export function MessageActions({ message, onOpenChange }: MessageActionsProps) {
  const { t } = useTranslation('chat')
  const isTouch = useMediaQuery('(hover: none)', false, { getInitialValueInEffect: false })
  const [open, setOpen] = useState<'picker' | 'menu'>()
  const commands = useCommands(message)
  const toggle = useToggleReaction(message)
  const reply = commands.find((command) => command.action === 'reply')
  useEffect(() => onOpenChange(open !== undefined), [open, onOpenChange])
  useEffect(() => () => onOpenChange(false), [onOpenChange])
  if (commands.length === 0) return null

  const close = (): void => setOpen(undefined)
  const react = (emoji: string): void => {
    close()
    void toggle(emoji)
  }
  const Menu = isTouch ? MessageSheet : MessageMenu
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label={t('actions.toolbar')} onKeyDown={walk}>
      {!isTouch &&
        QUICK_EMOJI.slice(0, QUICK_SHOWN).map((emoji, index) => (
          <Tool
            key={emoji}
            isFirst={index === 0}
            label={t('actions.reactWith', { emoji })}
            onClick={() => react(emoji)}
          >
            <span className={styles['emoji']}>{emoji}</span>
          </Tool>
        ))}
      <EmojiPopover opened={open === 'picker'} onClose={close} onPick={react}>
        <Tool isFirst={isTouch} label={t('actions.react')} onClick={() => setOpen('picker')} isOpen={open === 'picker'}>
          <SmilePlus size={17} />
        </Tool>
      </EmojiPopover>
      {reply !== undefined && (
        <Tool label={reply.label} onClick={reply.run}>
          <Reply size={17} />
        </Tool>
      )}
      <Menu
        opened={open === 'menu'}
        onOpen={() => setOpen('menu')}
        onClose={close}
        commands={commands}
        onReact={react}
      />
    </div>
  )
}

const STEPS: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

const walk = (event: KeyboardEvent<HTMLElement>): void => {
  const step = STEPS[event.key]
  const tools = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-tool]')]
  const at = tools.findIndex((tool) => tool.matches(':focus'))
  if (step === undefined || at === -1) return
  event.preventDefault()
  tools[(at + step + tools.length) % tools.length]?.focus()
}
