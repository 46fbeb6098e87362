import { LecternError } from '@lectern/client'
import { extensionOf } from '@lectern/protocol'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { byteSize } from '../ui/byte-size.ts'
import { useErrorText } from './error-text.ts'
import type { UploadRefusal } from './upload-refusal.ts'

/** Says in the reader's language why a file is not sent. */
export function useRefusalText(): (refusal: UploadRefusal) => string {
  const { t, i18n } = useTranslation('files')
  return useCallback(
    (refusal: UploadRefusal): string => {
      switch (refusal.kind) {
        case 'directory':
          return t('refused.directory')
        case 'empty':
          return t('refused.empty')
        case 'type':
          return refusal.extension === ''
            ? t('refused.noExtension')
            : t('refused.type', { extension: refusal.extension })
        case 'size': {
          const limit = byteSize(refusal.maxBytes, i18n.language)
          return t('refused.size', { category: t(`category.${refusal.category}`), limit })
        }
      }
    },
    [t, i18n.language],
  )
}

/** Says in the reader's language why the server took a file of this name not. */
export function useUploadErrorText(): (error: unknown, name: string) => string {
  const { t, i18n } = useTranslation('files')
  const errorText = useErrorText()
  return useCallback(
    (error: unknown, name: string): string => {
      if (!(error instanceof LecternError)) return errorText(error)
      const { code, details } = error
      switch (code) {
        case 'PAYLOAD_TOO_LARGE': {
          const limit = details['max_bytes']
          if (typeof limit !== 'number') return t('refused.large')
          return t('refused.largerThan', { limit: byteSize(limit, i18n.language) })
        }
        case 'UNSUPPORTED_FILE_TYPE':
          return t('refused.content', { extension: extensionOf(name) })
        case 'STORAGE_FULL':
          return t(details['reason'] === 'quota' ? 'refused.quota' : 'refused.disk')
        case 'FORBIDDEN':
          return t('refused.forbidden')
        case 'NOT_FOUND':
          return t('refused.gone')
        default:
          return errorText(error)
      }
    },
    [t, i18n.language, errorText],
  )
}
