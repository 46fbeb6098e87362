import { memo } from 'react'
import styles from './skeleton-row.module.css'

/** Lengths of lines that look like talk, in percent; which one belongs to a place never changes. */
const LENGTHS = [62, 38, 81, 47, 55, 29, 70] as const

/** Keeps the place of a message that is not loaded yet. */
export const SkeletonRow = memo(function SkeletonRow({ seq }: { seq: number }) {
  return (
    <div className={styles['row']} aria-hidden="true">
      <span className={styles['face']} />
      <span className={styles['lines']}>
        <span className={styles['name']} />
        <span className={styles['text']} style={{ width: `${LENGTHS[seq % LENGTHS.length] ?? 50}%` }} />
      </span>
    </div>
  )
})
