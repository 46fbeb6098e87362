import { categoryOf, extensionOf, FILE_CATEGORIES, type FileCategory } from '@lectern/protocol'

/** Why a file is not sent at all: the server would refuse it. */
export type UploadRefusal =
  | { readonly kind: 'directory' }
  | { readonly kind: 'empty' }
  /** `extension`: with its dot; empty where the name has none. */
  | { readonly kind: 'type'; readonly extension: string }
  | { readonly kind: 'size'; readonly category: FileCategory; readonly maxBytes: number }

/** What can be known of a file before it is sent; undefined where nothing is wrong with it. */
export function refusalOf({ name, size }: Pick<File, 'name' | 'size'>): UploadRefusal | undefined {
  const category = categoryOf(name)
  if (category === undefined) return { kind: 'type', extension: extensionOf(name) }
  if (size === 0) return { kind: 'empty' }
  const { maxBytes } = FILE_CATEGORIES[category]
  return size > maxBytes ? { kind: 'size', category, maxBytes } : undefined
}

/** For `<input accept>`. */
export const ACCEPTED = Object.values(FILE_CATEGORIES)
  .flatMap(({ extensions }) => extensions)
  .join()
