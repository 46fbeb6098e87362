import { extensionOf } from '@lectern/protocol'
import { clsx } from '../../../ui/class-names.ts'
import unseen from '../../../ui/visually-hidden.module.css'
import styles from './file-name.module.css'

/** A file's name on one line: where it is too long, its ending stays. */
export function FileName({ name, className }: { name: string; className?: string | undefined }) {
  const stem = name.slice(0, name.length - extensionOf(name).length)
  return (
    <bdi className={clsx(styles['name'], className)} title={name}>
      <span className={unseen['hidden']}>{name}</span>
      <span className={styles['stem']} aria-hidden="true">
        {stem}
      </span>
      <span className={styles['extension']} aria-hidden="true">
        {name.slice(stem.length)}
      </span>
    </bdi>
  )
}
