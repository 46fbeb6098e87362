import { part, whenFetched } from '../../../ui/part.tsx'

// What is drawn where something is attached, and with it the texts of refusals.

const attached = part(async () => (await import('./attached-files.tsx')).AttachedFiles)
const waiting = part(async () => (await import('../message/waiting-row.tsx')).WaitingRow)
const zone = part(async () => (await import('./drop-zone.tsx')).DropZone)

export const AttachedFiles = whenFetched(attached)

export const WaitingRow = whenFetched(waiting)

export const DropZone = whenFetched(zone)

export const fetchAttachments = (): Promise<unknown> =>
  Promise.all([attached.fetch(), waiting.fetch(), import('./attachments.ts')])
