import type { MessageRecord } from '@lectern/protocol'
import { ActionIcon } from '@mantine/core'
import { Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { toastFailed } from '../../../ui/toast.tsx'
import { useChat, useChatUi } from '../chat-context.ts'
import { MessageCard } from './message-card.tsx'
import { MoreButton } from './more-button.tsx'
import styles from './panel-list.module.css'
import { PanelLoading } from './panel-loading.tsx'
import { usePins } from './use-pins.ts'

export default function PinsPanel({ onDone }: { readonly onDone: () => void }) {
  const { isStaff } = useChat()
  const { hidden } = useChatUi()
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const { pins, error, isFetching, refetch, hasNextPage, fetchNextPage, isFetchNextPageError } = usePins()
  if (pins === undefined && error !== null) {
    return (
      <ErrorState
        title={t('pins.failed')}
        text={errorText(error)}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    )
  }
  if (pins === undefined) return <PanelLoading />
  const shown = pins.filter((pin) => !hidden.has(pin.id))
  if (shown.length === 0) {
    return (
      <EmptyState
        icon={<Pin size={26} />}
        title={t('pins.none')}
        text={t(isStaff ? 'pins.noneStaff' : 'pins.noneText')}
      />
    )
  }
  return (
    <div className={styles['scroll']}>
      <ul className={styles['cards']}>
        {shown.map((pin) => (
          <PinCard key={pin.id} pin={pin} onDone={onDone} />
        ))}
      </ul>
      {hasNextPage && (
        <MoreButton isLoading={isFetching} hasFailed={isFetchNextPageError} onMore={() => void fetchNextPage()} />
      )}
    </div>
  )
}

function PinCard({ pin, onDone }: { readonly pin: MessageRecord; readonly onDone: () => void }) {
  const { actions, isStaff } = useChat()
  const open = (): void => {
    onDone()
    actions.jumpTo(pin.seq, { highlight: true })
  }
  return (
    <MessageCard message={pin} onOpen={open} {...(isStaff ? { tools: <Unpin messageId={pin.id} /> } : {})}>
      {pin.message}
    </MessageCard>
  )
}

function Unpin({ messageId }: { readonly messageId: string }) {
  const { room } = useChat()
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const unpin = (): void => {
    setBusy(true)
    room.unpin(messageId).catch((error: unknown) => {
      setBusy(false)
      toastFailed(errorText(error))
    })
  }
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      loading={isBusy}
      onClick={unpin}
      aria-label={t('actions.unpin')}
      title={t('actions.unpin')}
    >
      <PinOff size={16} />
    </ActionIcon>
  )
}
