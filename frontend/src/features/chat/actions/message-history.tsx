import { lazy, Suspense } from 'react'
import { useReadable } from '../../../lectern/readable.ts'
import { useChat } from '../chat-context.ts'
import { historyOf } from './history-target.ts'

const HistoryDialog = lazy(() => import('./history-dialog.tsx'))

/** The history of a message, where staff asked for it. Stands once in the chat. */
export function MessageHistory() {
  const { room } = useChat()
  const target = historyOf(room)
  const message = useReadable(target)
  if (message === undefined) return null
  return (
    <Suspense>
      <HistoryDialog message={message} onClose={() => target.close()} />
    </Suspense>
  )
}
