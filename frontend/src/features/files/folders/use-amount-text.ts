import type { FolderSize } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { byteSize } from '../../../ui/byte-size.ts'

/** How many files, and how much they are. */
export function useAmountText(): (size: Pick<FolderSize, 'file_count' | 'total_size'>) => string {
  const { t, i18n } = useTranslation('files')
  return ({ file_count: count, total_size: bytes }) => {
    const files = t('fileCount', { count })
    return count === 0 ? files : t('amount', { files, size: byteSize(bytes, i18n.language) })
  }
}
