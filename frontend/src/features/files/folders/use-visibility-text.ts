import type { FolderVisibility } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { isStaff, type Viewer } from '../file-permissions.ts'

/** Who reads and who adds, in plain words, as it concerns who looks. */
export function useVisibilityText(viewer: Viewer): (visibility: FolderVisibility) => string {
  const { t } = useTranslation('files')
  return (visibility) =>
    visibility === 'dropbox' && !isStaff(viewer) ? t('visibility.dropbox.own') : t(`visibility.${visibility}.text`)
}
