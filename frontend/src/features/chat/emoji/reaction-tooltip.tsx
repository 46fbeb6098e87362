import { Tooltip } from '@mantine/core'
import styles from './reactions.module.css'

interface ReactionTooltipProps {
  /** What it stands at. */
  readonly target: HTMLElement
  readonly emoji: string
  readonly names: string
}

/** Who reacted. */
export function ReactionTooltip({ target, emoji, names }: ReactionTooltipProps) {
  const label = (
    <div className={styles['named']}>
      <span className={styles['big']}>{emoji}</span>
      <span>{names}</span>
    </div>
  )
  return <Tooltip position="top-start" target={target} opened multiline maw={280} label={label} />
}
