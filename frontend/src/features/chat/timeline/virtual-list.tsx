import {
  type ComponentProps,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import styles from './virtual-list.module.css'
import { type Opening, type View, VirtualScroller } from './virtual-scroller.ts'

export type VirtualListHandle = Pick<VirtualScroller, 'toEnd' | 'show' | 'reveal' | 'rowElement'>

interface VirtualListProps extends Omit<ComponentProps<'div'>, 'children' | 'ref'> {
  /** Takes effect at first. */
  opening: Opening
  count: number
  /** Stays with what is in the row, wherever it moves to. */
  keyOf: (index: number) => string
  row: (index: number) => ReactNode
  /** What has none is rendered on screen, and hardly ahead. */
  hasContent: (index: number) => boolean
  /** Told whenever other rows come on screen; the first one given is used. */
  onView: (view: View) => void
  handle: Ref<VirtualListHandle>
}

export function VirtualList({
  opening,
  count,
  keyOf,
  row,
  hasContent,
  onView,
  handle,
  ...attributes
}: VirtualListProps) {
  const [virtual] = useState(() => new VirtualScroller(opening, onView))
  const range = useSyncExternalStore(virtual.subscribe, virtual.range)
  const scroller = useRef<HTMLDivElement>(null)
  const space = useRef<HTMLDivElement>(null)
  const rows = useRef<HTMLDivElement>(null)
  useImperativeHandle(handle, () => virtual, [virtual])
  useLayoutEffect(() => {
    if (scroller.current === null || space.current === null || rows.current === null) return undefined
    return virtual.attach({ scroller: scroller.current, space: space.current, rows: rows.current })
  }, [virtual])
  useLayoutEffect(() => virtual.rendered(count, hasContent))
  const indices = Array.from({ length: Math.min(range.last, count - 1) - range.first + 1 }, (_, at) => range.first + at)
  return (
    <div {...attributes} ref={scroller} className={styles['scroller']}>
      <div ref={space} className={styles['space']}>
        <div ref={rows} className={styles['rows']}>
          {indices.map((index) => (
            <div key={keyOf(index)} ref={virtual.observe} className={styles['row']} data-index={index}>
              {row(index)}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
