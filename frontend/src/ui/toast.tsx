import { type NotificationData, notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { Check, CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const DONE_MS = 4000
const FAILED_MS = 8000

const show = (toast: NotificationData): string =>
  notifications.show({ ...toast, closeButtonProps: { 'aria-label': i18next.t('common:close') } })

/** Says in a corner that something is done. */
export const toastDone = (message: ReactNode): string =>
  show({ message, color: 'teal', icon: <Check size={16} />, autoClose: DONE_MS })

/** Says in a corner that something failed. */
export const toastFailed = (message: ReactNode): string =>
  show({ message, color: 'red', icon: <CircleAlert size={16} />, autoClose: FAILED_MS })

/** Takes one of the two, by what it answered, away. */
export const dismissToast = (id: string): string => notifications.hide(id)
