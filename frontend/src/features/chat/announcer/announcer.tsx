import type { MessageRecord } from '@lectern/protocol'
import { VisuallyHidden } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChat } from '../chat-context.ts'
import { type News, newsSince } from './announcements.ts'

/** What comes within this is said together. */
const GATHER_MS = 700
/** A long message is there to be read; the region says what it begins with. */
const SPOKEN = 300
/** Said already; kept so that what is the same twice is said twice. */
const KEPT = 5

interface Line {
  readonly key: number
  readonly text: string
}

const linesOf = (news: News, t: TFunction<'chat'>): string[] =>
  news.kind === 'many'
    ? [t('announce.many', { count: news.count })]
    : news.messages.map((message) => lineOf(message, t))

function lineOf({ user_name: name, message, message_type, file }: MessageRecord, t: TFunction<'chat'>): string {
  const text = message.slice(0, SPOKEN)
  if (file === null) return t('announce.message', { name, message: text })
  const said = t(message_type === 'image' ? 'announce.picture' : 'announce.file', { name, file: file.original_name })
  return text === '' ? said : `${said}. ${text}`
}

/** Tells a screen reader of each new message of others, once. */
export function Announcer() {
  const { room, me } = useChat()
  const { t } = useTranslation('chat')
  const [lines, setLines] = useState<readonly Line[]>([])
  const heard = useRef<number>(undefined)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const say = () => {
      timer = undefined
      const state = room.getSnapshot()
      const news = newsSince(heard.current ?? state.timeline.lastSeq, state, me.id)
      heard.current = state.timeline.lastSeq
      if (news === undefined) return
      const texts = linesOf(news, t)
      setLines((said) => {
        const next = (said.at(-1)?.key ?? 0) + 1
        return [...said, ...texts.map((text, index) => ({ key: next + index, text }))].slice(-KEPT)
      })
    }
    const listen = () => {
      const { status, timeline } = room.getSnapshot()
      if (status.kind !== 'live') return
      heard.current ??= timeline.lastSeq
      if (timeline.lastSeq > heard.current) timer ??= setTimeout(say, GATHER_MS)
      // The log was replaced by an older one.
      else if (timeline.lastSeq < heard.current) heard.current = timeline.lastSeq
    }
    listen()
    const stop = room.subscribe(listen)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [room, me.id, t])
  return (
    <VisuallyHidden aria-live="polite" aria-relevant="additions" data-announcer="">
      {lines.map(({ key, text }) => (
        <div key={key}>{text}</div>
      ))}
    </VisuallyHidden>
  )
}
