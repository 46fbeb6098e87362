import type { CourseRecord, FileRecord, FolderRecord } from '@lectern/protocol'
import { createContext, use } from 'react'
import type { Viewer } from '../file-permissions.ts'

/** What is asked for before something is done with a file. */
export type FileQuestion = 'rename' | 'move' | 'share' | 'details'

/** The folder that is shown, for everything in it. */
export interface ShownFolder {
  readonly course: CourseRecord
  readonly folder: FolderRecord
  readonly viewer: Viewer
  readonly ask: (question: FileQuestion, file: FileRecord) => void
  /** Deletes them, which can be undone for a while. */
  readonly remove: (files: readonly FileRecord[]) => void
  /** Asks where they are to go. */
  readonly askToMove: (files: readonly FileRecord[]) => void
  /** The page has the focus then: what had it is gone. */
  readonly focusPage: () => void
}

export const FolderContext = createContext<ShownFolder | undefined>(undefined)

export function useShownFolder(): ShownFolder {
  const shown = use(FolderContext)
  if (shown === undefined) throw new Error('No folder here: FolderContext is missing.')
  return shown
}
