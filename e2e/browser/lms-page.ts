import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** One script, bundled as an LMS would. */
export async function bundle(source: string): Promise<string> {
  const cache = join(ROOT, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'lectern-react-'))
  try {
    const entry = join(directory, 'page.tsx')
    await writeFile(entry, source)
    const built = await build({
      root: directory,
      configFile: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      oxc: { jsx: { runtime: 'automatic', development: false } },
      build: {
        write: false,
        minify: false,
        lib: { entry, formats: ['es'] },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    })
    const [result] = Array.isArray(built) ? built : [built]
    if (result === undefined || !('output' in result)) throw new Error('Nothing was bundled.')
    return result.output[0].code
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** What an LMS's page does with an example: mounts it with its properties. */
export const mounted = (component: string, example: string, properties: Readonly<Record<string, string>>): string => `
import { createRoot } from 'react-dom/client'
${example}
createRoot(document.getElementById('root')).render(<${component} {...${JSON.stringify(properties)}} />)
`

export interface LmsPage extends AsyncDisposable {
  /** Its origin, of another port than Lectern's. */
  readonly url: string
  /** The same page, of another site: a browser sends no cookie of `localhost` from there. */
  readonly otherSite: string
  serve(content: { readonly body?: string; readonly script?: string }): void
}

/** The LMS's own page, of another origin than Lectern's. */
export async function startLmsPage(): Promise<LmsPage> {
  let body = ''
  let script = ''
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(
      isScript ? script : `<!doctype html><div id="root">${body}</div><script type="module" src="/page.js"></script>`,
    )
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    otherSite: `http://127.0.0.1:${port}`,
    serve: (content) => {
      body = content.body ?? ''
      script = content.script ?? ''
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
