import type { MessageRecord, Reaction } from '@lectern/protocol'
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShownReactions, useToggleReaction } from '../actions/use-reactions.ts'
import { useChat } from '../chat-context.ts'
import { ReactionTooltip } from '../tools-on-demand.ts'
import styles from './reactions.module.css'
import { useReactors } from './use-reactors.ts'

/** Who reacted with what, below a message; a click joins in, or takes one's own back. */
export function Reactions({ message }: { readonly message: MessageRecord }) {
  const { t } = useTranslation('chat')
  const { me } = useChat()
  const reactions = useShownReactions(message)
  const toggle = useToggleReaction(message)
  const reactors = useReactors()
  const [pointed, setPointed] = useState<HTMLElement>()
  const named = reactions.find((reaction) => reaction.emoji === pointed?.dataset['emoji'])
  const isDeleted = message.deleted_at !== null
  if (reactions.length === 0 || isDeleted) return null
  return (
    <ul className={styles['reactions']} aria-label={t('reactions.title')}>
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <Chip
            reaction={reaction}
            isMine={reaction.user_ids.includes(me.id)}
            label={t('reactions.label', { emoji: reaction.emoji, total: reaction.count, names: reactors(reaction) })}
            onClick={() => void toggle(reaction.emoji)}
            onPoint={setPointed}
          />
        </li>
      ))}
      {pointed !== undefined && named !== undefined && (
        <ReactionTooltip target={pointed} emoji={named.emoji} names={reactors(named)} />
      )}
    </ul>
  )
}

interface ChipProps {
  readonly reaction: Reaction
  readonly isMine: boolean
  readonly label: string
  readonly onClick: () => void
  readonly onPoint: (chip: HTMLElement | undefined) => void
}

function Chip({ reaction, isMine, label, onClick, onPoint }: ChipProps) {
  return (
    <UnstyledButton
      className={styles['chip']}
      aria-pressed={isMine}
      aria-label={label}
      data-emoji={reaction.emoji}
      onClick={onClick}
      onPointerEnter={(event) => event.pointerType === 'mouse' && onPoint(event.currentTarget)}
      onPointerLeave={() => onPoint(undefined)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && onPoint(event.currentTarget)}
      onBlur={() => onPoint(undefined)}
    >
      <span className={styles['emoji']}>{reaction.emoji}</span>
      <span className={styles['count']}>{reaction.count}</span>
    </UnstyledButton>
  )
}
