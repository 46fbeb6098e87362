import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { clsx } from '../../../ui/class-names.ts'
import { RowListLoading } from '../../../ui/row-list.tsx'
import styles from './session-row.module.css'

interface SessionRowProps {
  /** At the side: the time of one that comes, the day of one that was. */
  when: ReactNode
  title: string
  /** Where the row leads; nowhere when left out. */
  to?: string | undefined
  detail: ReactNode
  /** A button or a link. */
  action?: ReactNode
  menu?: ReactNode
}

/** A class among others. */
export function SessionRow({ when, title, to, detail, action, menu }: SessionRowProps) {
  return (
    <li className={clsx(styles['row'], to !== undefined && styles['leads'])}>
      <div className={styles['when']}>{when}</div>
      <div className={styles['text']}>
        {to === undefined ? (
          <span className={styles['title']}>{title}</span>
        ) : (
          <Link href={to} className={clsx(styles['title'], styles['link'])}>
            {title}
          </Link>
        )}
        <div className={styles['detail']}>{detail}</div>
      </div>
      {Boolean(action) && <div className={styles['action']}>{action}</div>}
      {menu}
    </li>
  )
}

const PLACES = ['a', 'b', 'c']

export function ClassesSkeleton() {
  return (
    <RowListLoading>
      {PLACES.map((place) => (
        <div key={place} className={styles['row']}>
          <Skeleton height={40} width={48} radius="md" />
          <div className={styles['text']}>
            <Skeleton height={14} width="45%" mb={8} />
            <Skeleton height={12} width="25%" />
          </div>
        </div>
      ))}
    </RowListLoading>
  )
}
