import { createClientId } from '@lectern/client'
import { API_BASE, type FileRecord, type FolderRecord } from '@lectern/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { FolderInput, Trash2 } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMe } from '../../../lectern/client-context.tsx'
import { refreshFiles } from '../../../lectern/file-queries.ts'
import { type LeftChange, moveId, sendOnLeaving } from '../../../lectern/left-changes.ts'
import { usePendingChanges } from '../../../lectern/use-pending-changes.ts'
import type { UndoWords } from '../../../ui/undo-toast.tsx'
import { type FailedChange, makeChanges } from './make-changes.ts'
import { useTellFailed } from './use-tell-failed.ts'

/** What is done to each of some files. */
interface Doing {
  readonly changeOf: (file: FileRecord) => LeftChange
  /** The same while the page is being left. */
  readonly requestOf: (file: FileRecord) => Parameters<typeof sendOnLeaving>[1]
  readonly tellFailed: (failed: readonly FailedChange[]) => void
}

interface UndoableChanges {
  /** Ids of files that are being deleted or moved. */
  readonly hidden: ReadonlySet<string>
  readonly remove: (files: readonly FileRecord[]) => void
  readonly move: (files: readonly FileRecord[], to: FolderRecord) => void
}

const pathOf = ({ folder_id: folder, filename }: FileRecord): string =>
  `${API_BASE}/files/${encodeURIComponent(folder)}/${encodeURIComponent(filename)}`

const moveOf = ({ folder_id: folder, filename: file }: FileRecord, to: FolderRecord) => ({
  method: 'POST' as const,
  path: `${API_BASE}/files/move`,
  body: { folder, file, to_folder: to.id },
})

/**
 * Deleting and moving files, however many at once, which can be undone for some seconds. Who leaves the folder has stopped
 * undoing.
 * @param onLostFocus the button that had the focus is gone; stays the same function
 * @param onFailed told of files that are there again; stays the same function
 */
export function useUndoableChanges(
  onLostFocus: () => void,
  onFailed: (files: readonly FileRecord[]) => void,
): UndoableChanges {
  const { t } = useTranslation('files')
  const { id: userId } = useMe()
  const tellFailed = useTellFailed()
  const { hidden, changeAll } = useChanging(onLostFocus, onFailed)
  const remove = useCallback(
    (files: readonly FileRecord[]) => {
      const [count, name] = [files.length, files[0]?.filename]
      const text = count === 1 ? t('deletion.done', { name }) : t('deletion.doneMany', { count })
      const words = { icon: <Trash2 size={16} />, text, undoLabel: t('deletion.undo') }
      changeAll(files, words, {
        changeOf: ({ id }) => ({ kind: 'file', userId, id }),
        requestOf: (file) => ({ method: 'DELETE', path: pathOf(file) }),
        tellFailed: (failed) => tellFailed('deletion.failed', failed),
      })
    },
    [changeAll, tellFailed, userId, t],
  )
  const move = useCallback(
    (files: readonly FileRecord[], to: FolderRecord) => {
      const [count, name] = [files.length, files[0]?.filename]
      const folder = to.name
      const text = count === 1 ? t('moving.done', { name, folder }) : t('moving.doneMany', { count, folder })
      changeAll(
        files,
        { icon: <FolderInput size={16} />, text, undoLabel: t('deletion.undo') },
        {
          changeOf: ({ id }) => ({ kind: 'move', userId, id: moveId(id, to.id) }),
          requestOf: (file) => moveOf(file, to),
          tellFailed: (failed) => tellFailed('moving.failed', failed),
        },
      )
    },
    [changeAll, tellFailed, userId, t],
  )
  return { hidden, remove, move }
}

function useChanging(onLostFocus: () => void, onFailed: (files: readonly FileRecord[]) => void) {
  const client = useClient()
  const queries = useQueryClient()
  const { hidden, changeWithUndo } = usePendingChanges(onLostFocus)
  const changeAll = useCallback(
    (files: readonly FileRecord[], words: UndoWords, { changeOf, requestOf, tellFailed }: Doing) => {
      const changes = files.map((file) => ({ file, change: changeOf(file) }))
      const make = async (): Promise<void> => {
        const failed = await makeChanges(client, changes)
        await refreshFiles(queries)
        if (failed.length === 0) return
        tellFailed(failed)
        onFailed(failed.map(({ file }) => file))
      }
      const makeOnLeaving = (): void => {
        const sent = changes.map(({ file, change }) => sendOnLeaving(change, requestOf(file)))
        void Promise.all(sent).then(() => refreshFiles(queries))
      }
      const id = createClientId()
      changeWithUndo({ id, hides: files.map((file) => file.id), make, makeOnLeaving }, words)
    },
    [client, queries, changeWithUndo, onFailed],
  )
  return { hidden, changeAll }
}
