import { LecternError } from '@lectern/client'
import { LIMITS, type MessageRecord, type Reaction } from '@lectern/protocol'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { useSelected } from '../../../lectern/readable.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import { useChat } from '../chat-context.ts'
import { perRoom } from './per-room.ts'
import { intended, ReactionIntents } from './reaction-intents.ts'

const intentsOf = perRoom(() => new ReactionIntents())

const isTooMany = (error: unknown): boolean => error instanceof LecternError && error.code === 'CONFLICT'

/** The reactions as they are shown: with what one has just asked for. */
export function useShownReactions(message: MessageRecord): readonly Reaction[] {
  const { room, me } = useChat()
  const intents = intentsOf(room)
  const own = useSelected(
    intents,
    useCallback(() => intents.of(message.id), [intents, message.id]),
  )
  return intended(message.reactions, own, me.id)
}

/** Puts one's reaction to a message, or takes it back. */
export function useToggleReaction(message: MessageRecord): (emoji: string) => Promise<void> {
  const { room, me } = useChat()
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const intents = intentsOf(room)
  return async (emoji) => {
    const shown = intended(message.reactions, intents.of(message.id), me.id)
    const before = shown.find((reaction) => reaction.emoji === emoji)
    const isMine = before?.user_ids.includes(me.id) ?? false
    const tooMany = (): string => toastFailed(t('reactions.tooMany', { count: LIMITS.emojiKinds }))
    if (before === undefined && shown.length >= LIMITS.emojiKinds) return void tooMany()
    try {
      await intents.during(message.id, emoji, !isMine, () =>
        isMine ? room.unreact(message.id, emoji) : room.react(message.id, emoji),
      )
    } catch (error) {
      if (!isMine && isTooMany(error)) tooMany()
      else toastFailed(errorText(error))
    }
  }
}
