import { LIMITS } from './limits.ts'

/** Segments of the routes below `/files`: a folder of such a name could not be reached. */
const RESERVED_BY_ROUTES: ReadonlySet<string> = new Set(
  'folders tus upload download view info list archive thumbnail statistics move copy signed-url signed-urls record'.split(
    ' ',
  ),
)

/** “Naming Files, Paths, and Namespaces” of the Windows documentation: reserved also with an extension. */
const RESERVED_BY_WINDOWS = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i

const ALLOWED = /^[\p{L}\p{M}\p{Nd} ._-]+$/u

export type FolderNameProblem = 'empty' | 'long' | 'characters' | 'edges' | 'reserved'

/**
 * What is wrong with a folder's name, in its NFC form; undefined for a good one: 1 to 100 letters of any script, digits,
 * space, `.`, `_`, `-`, that neither begins with a dot nor ends in one or in a space, and is not reserved.
 */
export function folderNameProblem(name: string): FolderNameProblem | undefined {
  if (name === '') return 'empty'
  if (name.length > LIMITS.folderName) return 'long'
  if (!ALLOWED.test(name)) return 'characters'
  if (/^[. ]|[. ]$/.test(name)) return 'edges'
  if (RESERVED_BY_ROUTES.has(name.toLowerCase()) || RESERVED_BY_WINDOWS.test(name)) return 'reserved'
  return undefined
}
