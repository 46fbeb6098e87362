import type { Mention } from '@lectern/protocol'
import { memo } from 'react'
import { clsx } from '../../../ui/class-names.ts'
import styles from './message-text.module.css'
import { type Highlights, type TextPart, textParts } from './text-parts.ts'

/** Everybody in the course is meant. */
const EVERYBODY = 'all'

interface MessageTextProps {
  text: string
  mentions: readonly Mention[]
  /** Whose mentions stand out. */
  meId: string
  highlights?: Highlights
}

/** Text as its sender wrote it: never markup; links, mentions and hits of a search are found in it. */
export const MessageText = memo(function MessageText({ text, mentions, meId, highlights }: MessageTextProps) {
  return textParts(text, mentions, highlights).map((part) => <Part key={part.start} part={part} meId={meId} />)
})

function Part({ part, meId }: { part: TextPart; meId: string }) {
  const text = part.isHit ? <mark className={styles['hit']}>{part.text}</mark> : part.text
  if (part.mention !== undefined) {
    const isMe = part.mention === meId || part.mention === EVERYBODY
    return <span className={clsx(styles['mention'], isMe && styles['me'])}>{text}</span>
  }
  if (part.link === undefined) return text
  return (
    <a href={part.link.href} target="_blank" rel="noopener noreferrer nofollow" className={styles['link']}>
      <bdi>{text}</bdi>
      {part.link.host !== undefined && <span className={styles['host']}> ({part.link.host})</span>}
    </a>
  )
}
