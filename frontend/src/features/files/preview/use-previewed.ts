import type { FileRecord } from '@lectern/protocol'
import { useCallback } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { useFile } from '../../../lectern/file-queries.ts'
import { fileAddress } from '../folder/file-address.ts'
import { useShownFolder } from '../folder/folder-context.ts'

/** What the history keeps with a preview that was opened from its folder: to close it is to go back there. */
export const FROM_FOLDER = { isFromFolder: true } as const

const isFromFolder = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && Reflect.get(state, 'isFromFolder') === true

/** The file that the address names, and its neighbours among those that are listed. @param files as they are shown */
export function usePreviewed(files: readonly FileRecord[]) {
  const { course, folder } = useShownFolder()
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const state: unknown = useHistoryState()
  const name = search.get('file')?.normalize('NFC')
  const index = name === undefined ? -1 : files.findIndex(({ filename }) => filename === name)
  const listed = files[index]
  const { data, error } = useFile(folder.id, listed === undefined ? name : undefined)
  const show = useCallback(
    (file: FileRecord) => navigate(fileAddress(course.id, file), { replace: true, state }),
    [course.id, navigate, state],
  )
  const close = useCallback(() => {
    if (isFromFolder(state)) history.back()
    else navigate(`/courses/${course.id}/files/${folder.id}`, { replace: true })
  }, [course.id, folder.id, navigate, state])
  return {
    isOpen: name !== undefined,
    file: listed ?? (name === undefined ? undefined : data),
    error,
    index,
    previous: files[index - 1],
    next: index === -1 ? undefined : files[index + 1],
    show,
    close,
  }
}
