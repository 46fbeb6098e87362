import type { StoredFile } from './files.records.types.ts'

type Shown = Pick<StoredFile, 'category' | 'mimeType'>

const SVG = 'image/svg+xml'

/** Whether a browser is given it to show rather than to save. */
export const showsInline = ({ category, mimeType }: Shown): boolean =>
  category === 'image' || category === 'video' || category === 'audio' || mimeType === 'application/pdf'

/** Images of pixels. */
export const hasThumbnail = ({ category, mimeType }: Shown): boolean => category === 'image' && mimeType !== SVG
