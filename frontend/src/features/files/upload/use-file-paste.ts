import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { filesOf, named, timeInName } from '../../../ui/dropped-files.ts'

/** Where a person writes, or answers a question, pasting is meant for that. */
const ELSEWHERE = 'input, textarea, [contenteditable], [role="dialog"]'

const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(ELSEWHERE) !== null

/** Takes files and screenshots that are pasted into the page. @param onFiles undefined where nothing is taken */
export function useFilePaste(onFiles: ((files: readonly File[]) => void) | undefined): void {
  const { t } = useTranslation('files')
  useEffect(() => {
    if (onFiles === undefined) return
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData)
      if (files.length === 0 || isElsewhere(event.target)) return
      event.preventDefault()
      const nameOf = (extension: string) => t('upload.screenshot', { time: timeInName(new Date()), extension })
      onFiles(files.map((file) => named(file, nameOf)))
    }
    addEventListener('paste', paste)
    return () => removeEventListener('paste', paste)
  }, [onFiles, t])
}
