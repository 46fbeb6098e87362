import { excerptOf } from './highlight-segments.ts'
import styles from './highlighted.module.css'

interface HighlightedProps {
  readonly text: string
  /** `[start, end)` in UTF-16 units. */
  readonly highlights: readonly (readonly [number, number])[]
}

/** A found text from shortly before its first hit on, its hits marked. */
export function Highlighted({ text, highlights }: HighlightedProps) {
  return excerptOf(text, highlights).map((segment) =>
    segment.marked ? (
      <mark key={segment.start} className={styles['hit']}>
        {segment.text}
      </mark>
    ) : (
      <span key={segment.start}>{segment.text}</span>
    ),
  )
}
