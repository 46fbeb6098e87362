import type { CourseRoom } from '@lectern/client'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clsx } from '../../../ui/class-names.ts'
import { dayName } from '../../../ui/time.ts'
import styles from './scroll-date.module.css'

export interface ScrollDateHandle {
  /** Other rows have come on screen; `first` is the topmost, by index. */
  show(first: number): void
}

const LINGER_MS = 900

/** The day of the topmost message, while somebody scrolls. What it says, dividers say to those who do not see it. */
export function ScrollDate({ handle, room }: { handle: Ref<ScrollDateHandle>; room: CourseRoom }) {
  const { i18n } = useTranslation('chat')
  const [day, setDay] = useState<string>()
  const [isShown, setShown] = useState(false)
  const isFirst = useRef(true)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useImperativeHandle(
    handle,
    () => ({
      show: (first) => {
        const message = room.getSnapshot().timeline.at(first + 1)
        if (message !== undefined) setDay(dayName(message.created_at, i18n.language))
        // The list opens: nobody scrolled.
        if (!isFirst.current) setShown(true)
        isFirst.current = false
        clearTimeout(timer.current)
        timer.current = setTimeout(() => setShown(false), LINGER_MS)
      },
    }),
    [room, i18n.language],
  )
  if (day === undefined) return null
  return (
    <div className={clsx(styles['chip'], isShown && styles['shown'])} aria-hidden="true">
      {day}
    </div>
  )
}
