import { Input, SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import styles from './settings-page.module.css'

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  data: { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** One of a few, all of which are seen. */
export function Choice<Value extends string>({ label, ...control }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <div>
      <Input.Label id={id} labelElement="div" mb={4}>
        {label}
      </Input.Label>
      <SegmentedControl fullWidth className={styles['choice']} aria-labelledby={id} {...control} />
    </div>
  )
}
