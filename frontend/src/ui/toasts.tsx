import { useNotifications } from '@mantine/notifications'
import { part, usePart } from './part.tsx'
import { useAhead } from './use-ahead.ts'

const host = part(async () => (await import('./toast-host.tsx')).ToastHost)

/** Where toasts are shown. */
export function Toasts() {
  const hasSome = useNotifications().notifications.length > 0
  useAhead(host.fetch)
  const Host = usePart(host, hasSome)
  return Host === undefined ? null : <Host />
}
