import { API_BASE, type FileRecord } from '@lectern/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMe } from '../../../lectern/client-context.tsx'
import { useErrorText } from '../../../lectern/error-text.ts'
import { refreshFiles } from '../../../lectern/file-queries.ts'
import { sendDeletionOnLeaving } from '../../../lectern/left-deletions.ts'
import { type Deleting, usePendingDeletions } from '../../../lectern/use-pending-deletions.ts'
import { toastFailed } from '../../../ui/toast.tsx'

/**
 * Deleting files, which can be undone for some seconds. Who leaves the folder has stopped undoing.
 * @param onLostFocus the button that had the focus is gone; stays the same function
 */
export function useFileDeletions(onLostFocus: () => void) {
  const { t } = useTranslation('files')
  const deleting = useDeleting()
  const { hidden, deleteWithUndo } = usePendingDeletions(deleting.how, onLostFocus)
  const { remember } = deleting
  const remove = useCallback(
    (file: FileRecord) => {
      remember(file)
      deleteWithUndo(file.id, { text: t('deletion.done', { name: file.filename }), undoLabel: t('deletion.undo') })
    },
    [deleteWithUndo, remember, t],
  )
  return { hidden, remove }
}

function useDeleting() {
  const { api } = useClient()
  const { id: userId } = useMe()
  const queries = useQueryClient()
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const files = useRef(new Map<string, FileRecord>())
  const how = useMemo<Deleting>(() => {
    const known = (id: string): FileRecord => {
      const file = files.current.get(id)
      if (file === undefined) throw new Error('This file was never deleted.')
      return file
    }
    return {
      remove: async (id) => {
        const { folder_id: folder, filename: file } = known(id)
        await api.deleteFile({ params: { folder, file } })
        await refreshFiles(queries)
      },
      removeOnLeaving: (id) => {
        const { folder_id: folder, filename } = known(id)
        const path = `${API_BASE}/files/${encodeURIComponent(folder)}/${encodeURIComponent(filename)}`
        void sendDeletionOnLeaving({ kind: 'file', userId, id }, path).then(() => refreshFiles(queries))
      },
      failed: (id, error) => toastFailed(t('deletion.failed', { name: known(id).filename, reason: errorText(error) })),
    }
  }, [api, userId, queries, t, errorText])
  const remember = useCallback((file: FileRecord) => files.current.set(file.id, file), [])
  return { how, remember }
}
