import type { MessageRecord } from '@lectern/protocol'
import { Copy, History, Link, Pencil, Pin, PinOff, Reply, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { copyText } from '../../../ui/copy-text.ts'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { useChat } from '../chat-context.ts'
import { historyOf } from './history-target.ts'
import { allowedActions, type MessageAction } from './permissions.ts'

type CommandAction = Exclude<MessageAction, 'react'>

export interface Command {
  readonly action: CommandAction
  readonly label: string
  readonly icon: ReactNode
  readonly run: () => void
}

const ICONS: Record<CommandAction, ReactNode> = {
  reply: <Reply size={16} />,
  copy: <Copy size={16} />,
  link: <Link size={16} />,
  edit: <Pencil size={16} />,
  pin: <Pin size={16} />,
  unpin: <PinOff size={16} />,
  history: <History size={16} />,
  delete: <Trash2 size={16} />,
}

const linkTo = (courseId: string, seq: number): string =>
  new URL(`/courses/${encodeURIComponent(courseId)}?at=${seq}`, location.origin).href

/** What can be done with a message by the caller, but reacting to it; in the order of the menu. */
export function useCommands(message: MessageRecord): Command[] {
  const { courseId, room, me, isStaff, actions } = useChat()
  const { t } = useTranslation('chat')
  const errorText = useErrorText()

  const copy = (text: string, said: string): void =>
    void copyText(text).then((isCopied) => (isCopied ? toastDone(said) : toastFailed(t('actions.copyFailed'))))
  const change = (changed: Promise<void>, said: string): void =>
    void changed.then(
      () => toastDone(said),
      (error: unknown) => toastFailed(errorText(error)),
    )
  const runs: Record<CommandAction, () => void> = {
    reply: () => actions.replyTo(message),
    copy: () => copy(message.message, t('actions.textCopied')),
    link: () => copy(linkTo(courseId, message.seq), t('actions.linkCopied')),
    edit: () => actions.startEdit(message),
    pin: () => change(room.pin(message.id), t('actions.pinned')),
    unpin: () => change(room.unpin(message.id), t('actions.unpinned')),
    history: () => historyOf(room).open(message),
    delete: () => actions.deleteWithUndo(message),
  }
  return allowedActions(message, { userId: me.id, isStaff })
    .filter((action) => action !== 'react')
    .map((action) => ({ action, label: t(`actions.${action}`), icon: ICONS[action], run: runs[action] }))
}
