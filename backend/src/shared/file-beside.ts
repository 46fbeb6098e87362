/**
 * The file of a thread, or of what a thread imports: `.js` in a build, as the file that names it is.
 * @param url the caller's `import.meta.url`
 * @param name without its extension
 */
export const fileBeside = (url: string, name: string): URL =>
  new URL(`./${name}.${url.endsWith('.ts') ? 'ts' : 'js'}`, url)
