const MB = 1_048_576

/** Each category's largest file in bytes, and the extensions that belong to it; an extension belongs to one. */
export const FILE_CATEGORIES = {
  document: { maxBytes: 50 * MB, extensions: ['.pdf', '.doc', '.docx', '.xls', '.xlsx', '.ppt', '.pptx'] },
  image: { maxBytes: 10 * MB, extensions: ['.jpg', '.jpeg', '.png', '.gif', '.webp', '.svg'] },
  video: { maxBytes: 500 * MB, extensions: ['.mp4', '.avi', '.mov', '.wmv', '.webm'] },
  audio: { maxBytes: 50 * MB, extensions: ['.mp3', '.wav', '.ogg', '.m4a'] },
  archive: { maxBytes: 100 * MB, extensions: ['.zip', '.rar', '.7z', '.tar', '.gz'] },
} as const

export type FileCategory = keyof typeof FILE_CATEGORIES

export const FILE_CATEGORY_NAMES = ['document', 'image', 'video', 'audio', 'archive'] as const satisfies FileCategory[]

/** With the dot, in lower case; empty where the name has none. A leading dot begins no extension. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot).toLowerCase() : ''
}

/** The category that a file of this name would have; undefined for an extension that is not taken. */
export function categoryOf(name: string): FileCategory | undefined {
  const extension = extensionOf(name)
  return FILE_CATEGORY_NAMES.find((category) =>
    FILE_CATEGORIES[category].extensions.some((known: string) => known === extension),
  )
}
