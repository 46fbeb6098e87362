import { LecternError } from '@lectern/client'
import { LIMITS, type MessageRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { useChat } from '../chat-context.ts'
import { isComposed, sendsOnKey } from '../composer/sends-on-key.ts'
import { isTouch } from '../composer/touch.ts'
import { useAutosize } from '../composer/use-autosize.ts'
import { useComposing } from '../composer/use-composing.ts'
import styles from './message-editor.module.css'
import { perRoom } from './per-room.ts'

/** What is typed by message, since the row that is edited goes when it is scrolled away. */
const draftsOf = perRoom(() => new Map<string, string>())

/** Below it nobody needs to count. */
const COUNTED_FROM = LIMITS.message - 200

const needsText = (message: MessageRecord): boolean =>
  message.message_type === 'text' || message.message_type === 'announcement'

/** A message being edited in its place: Enter saves, Escape gives up. What failed keeps what was typed. */
export function MessageEditor({ message }: { readonly message: MessageRecord }) {
  const { room, actions } = useChat()
  const { t } = useTranslation('chat')
  const drafts = draftsOf(room)
  const [text, setText] = useState(drafts.get(message.id) ?? message.message)
  const { save, isSaving, problem } = useSave(message, () => end())
  const field = useRef<HTMLTextAreaElement>(null)
  const { composing, handlers } = useComposing()
  useAutosize(field, text)
  const noteId = useId()
  const isDeleted = message.deleted_at !== null
  const trimmed = text.trim()
  const isTooLong = trimmed.length > LIMITS.message
  const isReady = !(isDeleted || isSaving || isTooLong) && (trimmed !== '' || !needsText(message))

  const end = (): void => {
    drafts.delete(message.id)
    actions.stopEdit()
  }
  useEffect(() => {
    const { current } = field
    current?.focus({ preventScroll: true })
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])
  const change = (value: string): void => {
    drafts.set(message.id, value)
    setText(value)
  }
  const submit = (): void => {
    if (!isReady) return
    if (trimmed === message.message) end()
    else void save(trimmed)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Escape' && !isComposed(event.nativeEvent, composing.current)) end()
    else if (sendsOnKey(event.nativeEvent, composing.current, isTouch())) submit()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const note = isDeleted ? t('editing.deleted') : problem
  return (
    <div className={styles['editor']}>
      <textarea
        ref={field}
        className={styles['field']}
        rows={1}
        dir="auto"
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        {...handlers}
        readOnly={isDeleted}
        enterKeyHint={isTouch() ? 'enter' : 'done'}
        aria-label={t('editing.label')}
        aria-describedby={noteId}
        aria-invalid={note !== undefined || isTooLong}
      />
      <div className={styles['foot']}>
        <div
          id={noteId}
          className={styles['note']}
          role={note === undefined ? undefined : 'alert'}
          data-problem={note !== undefined || undefined}
        >
          {note ?? t('editing.keys')}
        </div>
        {trimmed.length > COUNTED_FROM && <Count length={trimmed.length} />}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={end}>
          {t(isDeleted ? 'editing.close' : 'editing.cancel')}
        </Button>
        {!isDeleted && (
          <Button size="compact-sm" onClick={submit} loading={isSaving} disabled={!isReady && !isSaving}>
            {t('editing.save')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Count({ length }: { readonly length: number }) {
  const { t } = useTranslation('chat')
  return (
    <span className={styles['count']} data-problem={length > LIMITS.message || undefined}>
      {t('editing.count', { length, limit: LIMITS.message })}
    </span>
  )
}

interface Save {
  readonly save: (text: string) => Promise<void>
  readonly isSaving: boolean
  /** Why it was not saved, in the reader's words. */
  readonly problem: string | undefined
}

function useSave({ id }: MessageRecord, onSaved: () => void): Save {
  const { room } = useChat()
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string>()
  const save = async (text: string): Promise<void> => {
    setSaving(true)
    setProblem(undefined)
    try {
      await room.edit(id, text)
      onSaved()
    } catch (error) {
      const isDeleted = error instanceof LecternError && error.code === 'CONFLICT'
      setProblem(isDeleted ? t('editing.deleted') : t('editing.failed', { reason: errorText(error) }))
    } finally {
      setSaving(false)
    }
  }
  return { save, isSaving, problem }
}
