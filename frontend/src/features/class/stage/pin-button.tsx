import type { Participant } from '@lectern/protocol'
import { UnstyledButton } from '@mantine/core'
import { Pin, PinOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import styles from './pin-button.module.css'

interface PinButtonProps {
  person: Participant
  isPinned: boolean
  onPin: (userId: string) => void
}

/** Whose tile was pressed by a key: it is drawn anew in another place, and is to have the focus there. */
let pressedByKey: string | undefined

/** Keeps somebody large, whoever speaks. */
export function PinButton({ person: { userId, displayName }, isPinned, onPin }: PinButtonProps) {
  const { t } = useTranslation('class')
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (pressedByKey !== userId) return
    pressedByKey = undefined
    ref.current?.focus()
  }, [userId])
  const Icon = isPinned ? PinOff : Pin
  return (
    <UnstyledButton
      ref={ref}
      className={clsx(styles['pin'], isPinned && styles['pinned'])}
      aria-label={t('tile.pin', { name: displayName })}
      title={t(isPinned ? 'tile.unpin' : 'tile.pin', { name: displayName })}
      aria-pressed={isPinned}
      // Pressed with a mouse it does not take the focus: Space stays what it was, which is to talk.
      onMouseDown={(event) => event.preventDefault()}
      onClick={({ currentTarget }) => {
        if (currentTarget === document.activeElement) pressedByKey = userId
        onPin(userId)
      }}
    >
      <Icon size={16} aria-hidden="true" />
    </UnstyledButton>
  )
}
