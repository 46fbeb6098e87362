import { Kbd } from '@mantine/core'
import styles from './key-list.module.css'

interface KeyListProps {
  items: readonly { readonly what: string; readonly keys: readonly string[] }[]
}

/** What keys do. */
export function KeyList({ items }: KeyListProps) {
  return (
    <dl className={styles['list']}>
      {items.map(({ what, keys }) => (
        <div key={what} className={styles['item']}>
          <dt>{what}</dt>
          <dd className={styles['keys']}>
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
