import type { FileRecord } from '@lectern/protocol'
import { createContext, use, useMemo, useState } from 'react'
import { allOf, chosenOf, extended, NOTHING_SELECTED, toggled } from './selection.ts'

export interface FileSelection {
  /** In the order in which they are shown. */
  readonly files: readonly FileRecord[]
  /** Of all that are shown. */
  readonly count: number
  readonly isSelected: (id: string) => boolean
  readonly toggle: (id: string) => void
  /** From what was selected last to this. */
  readonly extend: (id: string) => void
  /** All that are shown. */
  readonly selectAll: () => void
  readonly clear: () => void
}

export const useSelectionState = () => useState(NOTHING_SELECTED)

const idsOf = (files: readonly FileRecord[]): readonly string[] => files.map(({ id }) => id)

/** @param shown the files of the list, in their order; the same array while it is the same list */
export function useFileSelection(
  shown: readonly FileRecord[],
  [selection, setSelection]: ReturnType<typeof useSelectionState>,
): FileSelection {
  const files = useMemo(() => chosenOf(shown, selection), [shown, selection])
  return useMemo(
    () => ({
      files,
      count: shown.length,
      isSelected: (id) => selection.ids.has(id),
      toggle: (id) => setSelection((before) => toggled(before, id)),
      extend: (id) => setSelection((before) => extended(before, id, idsOf(shown))),
      selectAll: () => setSelection(allOf(idsOf(shown))),
      clear: () => setSelection(NOTHING_SELECTED),
    }),
    [files, selection, shown, setSelection],
  )
}

export const SelectionContext = createContext<FileSelection | undefined>(undefined)

export function useSelection(): FileSelection {
  const selection = use(SelectionContext)
  if (selection === undefined) throw new Error('No list of files here: SelectionContext is missing.')
  return selection
}
