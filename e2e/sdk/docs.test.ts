import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { LecternClient } from '@lectern/client'
import { FILE_RECORD_ROUTES } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { PDF } from '../files/samples.ts'
import { restOf } from '../rig/rest.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const E2E = fileURLToPath(new URL('../', import.meta.url))
const IMPORT = /^import .*$/gm

async function examplesOf(path: string): Promise<string[]> {
  const text = await readFile(join(ROOT, path), 'utf8')
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
}

/** The examples of a document in the order of reading: a later one goes on with what the first ones made. */
function programOf(examples: readonly string[], given: string): string {
  const names = new Map<string, Set<string>>()
  for (const line of examples.flatMap((code) => code.match(IMPORT) ?? [])) {
    const [, list = '', from = ''] = /\{(.*)\} from '(.*)'/.exec(line) ?? []
    names.set(from, new Set([...(names.get(from) ?? []), ...list.split(',').map((name) => name.trim())]))
  }
  const imports = [...names].map(([from, list]) => `import { ${[...list].join(', ')} } from '${from}'\n`)
  const bodies = examples.map((code) => code.replaceAll(IMPORT, ''))
  const isAnother = (body: string, at: number) => at > 0 && body.includes('const client =')
  const scoped = bodies.map((body, at) => (isAnother(body, at) ? `{\n${body}}\n` : body))
  return `${imports.join('')}${given}${scoped.join('')}`
}

/** Each document with client examples: how many at least, and what its page has already. */
const DOCUMENTS = [
  ['docs/client.md', 5, ''],
  ['docs/files.md', 1, 'declare const file: File\ndeclare const token: string\n'],
] as const

it('the examples of the documents are of the types that the client has', async () => {
  // Where their import finds the package, and the compiler its settings.
  const directory = await mkdtemp(join(E2E, 'docs-'))
  try {
    for (const [path, atLeast, given] of DOCUMENTS) {
      const examples = await examplesOf(path)
      expect(examples.length).toBeGreaterThanOrEqual(atLeast)
      await writeFile(join(directory, basename(path).replace('.md', '.ts')), programOf(examples, given))
    }
    const settings = { extends: '../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['*.ts'] }
    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(settings))
    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', directory]).catch(
      ({ stdout }: { stdout: string }) => expect.fail(stdout),
    )
  } finally {
    await rm(directory, { recursive: true })
  }
})

it('the upload example of docs/files.md, as it stands, answers where the file is', async () => {
  await using server = await startServerProcess()
  const token = signToken({ sub: 'chau', courses: { 'algebra-1': 'teacher' } })
  const [example = ''] = await examplesOf('docs/files.md')
  const body = example.replaceAll(IMPORT, '').replaceAll('http://localhost:3000', server.url)
  const directory = await mkdtemp(join(E2E, 'docs-'))
  try {
    const module = join(directory, 'upload.mjs')
    const imports = example.match(IMPORT)?.join('\n') ?? ''
    await writeFile(
      module,
      `${imports}\nexport default async ({ file, token, console }) => {\n${body}\nreturn { client, url }\n}\n`,
    )
    const { default: upload }: { default: (given: object) => Promise<Made> } = await import(module)
    const { client, url } = await upload({
      file: new File([PDF], 'Bài 1.pdf'),
      token,
      console: { log: () => undefined },
    })
    client.close()
    const { data } = await restOf(server.url, token)(FILE_RECORD_ROUTES.listFiles, { params: { folder: 'Bài giảng' } })
    expect(data.map((file) => file.url)).toEqual([url])
  } finally {
    await rm(directory, { recursive: true })
  }
})

interface Made {
  readonly client: LecternClient
  readonly url: string
}
