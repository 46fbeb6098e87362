import { FILE_CATEGORY_NAMES, type FileCategory, type FileSort } from '@lectern/protocol'
import { useState } from 'react'
import { readStored, writeStored } from '../../../ui/storage.ts'

export const SORTS = ['created_at', 'name', 'size'] as const satisfies FileSort[]
export const VIEWS = ['grid', 'rows'] as const
export type FileView = (typeof VIEWS)[number]

/** One of some values, kept for this browser. */
function useKept<Value extends string>(key: string, values: readonly [Value, ...Value[]]) {
  const [value, setValue] = useState(() => values.find((known) => known === readStored(key)) ?? values[0])
  const choose = (chosen: string): void => {
    const known = values.find((one) => one === chosen)
    if (known === undefined) return
    setValue(known)
    writeStored(key, known)
  }
  return [value, choose] as const
}

export const useFileView = () => useKept<FileView>('lectern.files.view', VIEWS)

export const useFileSort = () => useKept<FileSort>('lectern.files.sort', SORTS)

/** Undefined for what stands for all of them. */
export const categoryIn = (value: string): FileCategory | undefined =>
  FILE_CATEGORY_NAMES.find((category) => category === value)
