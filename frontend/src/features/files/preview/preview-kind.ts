export type PreviewKind = 'image' | 'pdf' | 'video' | 'audio' | 'none'

interface Browser {
  /** Whether it shows PDF in a frame: on phones most open another application. */
  readonly hasPdfViewer: boolean
  readonly canPlay: (kind: 'video' | 'audio', mimeType: string) => boolean
}

/** Whether this browser plays it, as far as it tells beforehand. */
export const canPlay = (kind: 'video' | 'audio', mimeType: string): boolean =>
  document.createElement(kind).canPlayType(mimeType) !== ''

/** What a browser can show of a file in place. */
export function previewOf(mimeType: string, browser: Browser): PreviewKind {
  if (mimeType.startsWith('image/')) return 'image'
  if (mimeType === 'application/pdf') return browser.hasPdfViewer ? 'pdf' : 'none'
  for (const kind of ['video', 'audio'] as const) {
    if (mimeType.startsWith(`${kind}/`)) return browser.canPlay(kind, mimeType) ? kind : 'none'
  }
  return 'none'
}
