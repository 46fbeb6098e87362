import { TextInput, type TextInputProps } from '@mantine/core'
import { type ChangeEvent, useLayoutEffect, useRef, useState } from 'react'
import { caretIn, codeIn, countLetters, EXAMPLE_CODE } from './join-code.ts'
import styles from './join-code-input.module.css'

interface JoinCodeInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'ref'> {
  value: string
  onChange: (code: string) => void
}

/** Writes a code as it is typed or pasted in groups of four, and leaves the caret where it was. */
export function JoinCodeInput({ value, onChange, ...props }: JoinCodeInputProps) {
  const input = useRef<HTMLInputElement>(null)
  const [caret, setCaret] = useState<number>()
  useLayoutEffect(() => {
    if (caret !== undefined && input.current === document.activeElement) input.current?.setSelectionRange(caret, caret)
  }, [caret])
  const change = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const typed = currentTarget.value
    const formatted = codeIn(typed)
    const isAtEnd = currentTarget.selectionStart === typed.length
    const before = countLetters(typed.slice(0, currentTarget.selectionStart ?? typed.length))
    setCaret(isAtEnd ? formatted.length : caretIn(formatted, before))
    onChange(formatted)
  }
  return (
    <TextInput
      placeholder={EXAMPLE_CODE}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      {...props}
      ref={input}
      value={value}
      onChange={change}
      classNames={{ input: styles['input'] ?? '' }}
    />
  )
}
