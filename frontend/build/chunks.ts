interface ModuleInfo {
  readonly importers: readonly string[]
  readonly dynamicImporters: readonly string[]
}

interface Context {
  getModuleInfo(id: string): ModuleInfo | null
}

const OURS = /\/(frontend|sdk|protocol)\/src\//
const CHAT = /\/src\/features\/chat\/chat-page\.tsx$/
const SIGNED_IN = /\/src\/app\/signed-in\.tsx$/

/** The modules loaded on demand that need this one, over however many static imports. */
function rootsOf(id: string, context: Context): readonly string[] {
  const seen = new Set<string>()
  const climb = (at: string): void => {
    if (seen.has(at)) return
    seen.add(at)
    context.getModuleInfo(at)?.importers.forEach(climb)
  }
  climb(id)
  return [...seen].filter((at) => (context.getModuleInfo(at)?.dynamicImporters.length ?? 0) > 0)
}

/**
 * Of our modules, what every page of who is signed in needs and what the chat shares with what it opens. Left alone,
 * each set of pages that shares a module has a file for that. Packages are not looked at: through the index of Mantine
 * everything leads to everything.
 */
function signedInSource(id: string, context: Context): string | undefined {
  if (!OURS.test(id)) return undefined
  const roots = rootsOf(id, context)
  const isShared = roots.length > 1 && roots.some((root) => CHAT.test(root))
  return isShared || roots.some((root) => SIGNED_IN.test(root)) ? 'signed-in' : undefined
}

/** Of packages, what most pages need a piece of; what toasts, searches and a touch alone need, comes with them. */
const SIGNED_IN_PACKAGES =
  /\/node_modules\/(@tanstack|@mantine\/(hooks\/esm\/(?!use-(debounced|drag|focus|long-press|mutation-observer|timeout))|store|notifications\/esm\/notifications\.store)|@mantine\/core\/esm\/(components\/(ActionIcon|Skeleton|VisuallyHidden)|core\/(?!utils\/create-scoped))\/)/

/** In the order in which they take what is theirs. */
export const CHUNKS = [
  // What the first view needs beside the entry: the packages, which change seldom, and ours, rather than thirty files.
  { name: 'packages', tags: ['$initial' as const], test: /\/node_modules\// },
  { name: 'shared', tags: ['$initial' as const], test: /\/src\/(?!main\.tsx$)|vite\/preload-helper/ },
  { name: 'signed-in-packages', test: SIGNED_IN_PACKAGES },
  // An icon is a file of its own: one that a single part draws comes with that part.
  { name: 'signed-in-packages', test: /\/node_modules\/lucide-react\//, minShareCount: 2 },
  { name: signedInSource, debugName: 'signed-in' },
  // What several popups and pages need later: one file, since what loads each of them has to name all of its files.
  { name: 'popup-packages', test: /\/node_modules\/(@floating-ui|@mantine)\//, minShareCount: 2 },
]
