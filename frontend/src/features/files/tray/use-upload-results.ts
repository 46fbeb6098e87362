import type { Upload } from '@lectern/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refreshFiles } from '../../../lectern/file-queries.ts'
import type { RefusedFile } from '../../../lectern/refused-files.ts'
import { useRefusalText, useUploadErrorText } from '../../../lectern/upload-error-text.ts'

export interface SaidLine {
  readonly key: string
  readonly text: string
}

/** Said already; kept so that a screen reader is told of what is added alone. */
const KEPT = 5

/** What has come of uploads, once each, for who listens; reads the lists again when something new is there. */
export function useUploadResults(uploads: readonly Upload[], refused: readonly RefusedFile[]): readonly SaidLine[] {
  const { t } = useTranslation('files')
  const queries = useQueryClient()
  const errorText = useUploadErrorText()
  const refusalText = useRefusalText()
  const known = useRef(new Set<string>())
  const [said, setSaid] = useState<readonly SaidLine[]>([])
  useEffect(() => {
    const lines: SaidLine[] = []
    const say = (key: string, text: () => string): boolean => {
      if (known.current.has(key)) return false
      known.current.add(key)
      lines.push({ key, text: text() })
      return true
    }
    let isNew = false
    for (const { id, name, state } of uploads) {
      if (state.kind === 'done') isNew = say(`${id} done`, () => t('tray.saidDone', { name })) || isNew
      if (state.kind !== 'failed') {
        known.current.delete(`${id} failed`)
        continue
      }
      say(`${id} failed`, () => t('tray.saidFailed', { name, reason: errorText(state.error, name) }))
    }
    for (const { id, name, refusal } of refused) {
      say(`refused ${id}`, () => t('tray.saidFailed', { name, reason: refusalText(refusal) }))
    }
    if (isNew) void refreshFiles(queries)
    if (lines.length > 0) setSaid((before) => [...before, ...lines].slice(-KEPT))
  }, [uploads, refused, t, queries, errorText, refusalText])
  return said
}
