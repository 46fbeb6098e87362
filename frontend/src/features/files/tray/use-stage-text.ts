import type { Upload, UploadState } from '@lectern/client'
import { useTranslation } from 'react-i18next'
import { useUploadErrorText } from '../../../lectern/upload-error-text.ts'
import { byteSize } from '../../../ui/byte-size.ts'

const MINUTE = 60
const HOUR = 3600

/** How far an upload is, or why not, in a line. */
export function useStageText(): (upload: Upload) => string {
  const { t, i18n } = useTranslation('files')
  const errorText = useUploadErrorText()
  const bytes = (count: number) => byteSize(count, i18n.language)
  const timeLeft = (seconds: number): string => {
    if (seconds < MINUTE) return t('tray.secondsLeft', { count: Math.max(1, Math.ceil(seconds)) })
    if (seconds < HOUR) return t('tray.minutesLeft', { count: Math.round(seconds / MINUTE) })
    return t('tray.hoursLeft', { count: Math.round(seconds / HOUR) })
  }
  const uploading = (state: Extract<UploadState, { kind: 'uploading' }>, size: number): string => {
    const { sent, bytesPerSecond, secondsLeft } = state
    const parts = [t('tray.progress', { sent: bytes(Math.min(sent, size)), size: bytes(size) })]
    if (bytesPerSecond !== undefined) parts.push(t('tray.speed', { speed: bytes(bytesPerSecond) }))
    if (secondsLeft !== undefined) parts.push(timeLeft(secondsLeft))
    return parts.join(' · ')
  }
  return ({ state, size, name }) => {
    switch (state.kind) {
      case 'waiting':
        return t('tray.waits')
      case 'uploading':
        return uploading(state, size)
      case 'paused':
        return t('tray.paused', { sent: bytes(state.sent), size: bytes(size) })
      case 'interrupted':
        return t(REASONS[state.error.code] ?? 'tray.interrupted')
      case 'needs_file':
        return t('tray.needsFile', { sent: bytes(state.sent) })
      case 'elsewhere':
        return t('tray.elsewhere')
      case 'done':
        return `${t('tray.uploaded')} · ${bytes(size)}`
      case 'failed':
        return errorText(state.error, name)
      case 'cancelled':
        return ''
    }
  }
}

const REASONS: Readonly<Record<string, 'tray.offline' | 'tray.busy'>> = {
  NETWORK: 'tray.offline',
  TIMEOUT: 'tray.offline',
  UNAVAILABLE: 'tray.busy',
  RATE_LIMITED: 'tray.busy',
}
