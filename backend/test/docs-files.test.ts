import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { FILE_CATEGORIES, fileRecord, folderVisibility, signedUrl } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { VARIABLES } from '../src/config/variables.ts'
import { pdfBytes } from './files/upload-client.ts'
import { startTestServer, type TestServer } from './harness/start-test-server.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DOCUMENT = await readFile(join(ROOT, 'docs/files.md'), 'utf8')
const MB = 1_048_576

/** The cells of the table whose first heading this is, without the marks of code. */
function tableOf(heading: string): string[][] {
  const lines = DOCUMENT.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`))
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'))
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''))
  return lines.slice(start + 2, end).map(cells)
}

/** The fenced examples of a language, in order. */
const examples = (language: string): string[] =>
  [...DOCUMENT.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code)

const exampleWith = (language: string, text: string): string => {
  const found = examples(language).find((code) => code.includes(text))
  if (found === undefined) throw new Error(`docs/files.md has no ${language} example with ${text}.`)
  return found
}

describe('docs/files.md', () => {
  it('names each category with its extensions and its largest size', () => {
    const stated = tableOf('category').map(([category, extensions, largest]) => [category, extensions, largest])
    const actual = Object.entries(FILE_CATEGORIES).map(([category, { extensions, maxBytes }]) => [
      category,
      extensions.join(' '),
      `${maxBytes / MB} MB`,
    ])
    expect(stated).toEqual(actual)
  })

  it('names each visibility', () => {
    expect(tableOf('visibility').map(([name]) => name)).toEqual(folderVisibility.options)
  })

  it('names variables with the defaults that they have', () => {
    const known = new Map<string, string | undefined>(
      Object.values(VARIABLES).map(({ name, default: value }) => [name, value]),
    )
    const stated = tableOf('variable').map(([name = '', value = '']) => [name, value])
    expect(stated).toEqual(stated.map(([name = '']) => [name, known.get(name) ?? '']))
    expect(stated.map(([name]) => name)).toContain(VARIABLES.uploadPath.name)
  })
})

describe('the examples of docs/files.md, as they stand', () => {
  const courses = { 'algebra-1': 'teacher' } as const
  let server: TestServer
  let directory: string
  let token: string
  beforeAll(async () => {
    server = await startTestServer()
    token = await server.token({ sub: 'chau', name: 'Lê Minh Châu', courses })
    // Where an example's import finds its package.
    const cache = join(ROOT, 'node_modules/.cache')
    await mkdir(cache, { recursive: true })
    directory = await mkdtemp(join(cache, 'lectern-docs-'))
    await writeFile(join(directory, 'test.pdf'), pdfBytes(2000))
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    if (directory !== undefined) await rm(directory, { recursive: true })
  })

  const addressed = (example: string) => example.replaceAll('http://localhost:3000', server.url)
  const recordIn = async (folder: string, file: string) =>
    fileRecord.parse((await (await server.api(token)).get(`/files/info/${encodeURIComponent(folder)}/${file}`)).data)

  async function shell(example: string): Promise<unknown> {
    const command = addressed(example).replaceAll('Bearer TOKEN', `Bearer ${token}`)
    const { stdout } = await promisify(execFile)('bash', ['-c', command], { cwd: directory })
    return z.object({ data: z.unknown() }).parse(JSON.parse(stdout)).data
  }

  /** Runs one that is given `file` and `token`. @returns what it has printed, as soon as a line begins so */
  async function print(example: string, given: { readonly file: unknown }, beginning: string): Promise<string> {
    const [imports = [], rest] = [example.match(/^import .*$/gm) ?? [], example.replaceAll(/^import .*$/gm, '')]
    const script = join(directory, `${beginning.trim()}.mjs`)
    const program = `export default async ({ file, token, console }) => {\n${addressed(rest)}\n}\n`
    await writeFile(script, `${imports.join('\n')}\n${program}`)
    const { promise, resolve } = Promise.withResolvers<string>()
    const log = (...words: readonly unknown[]) => {
      const line = words.join(' ')
      if (line.startsWith(beginning)) resolve(line)
    }
    const { default: run } = z
      .object({ default: z.custom<(names: object) => Promise<void>>() })
      .parse(await import(script))
    await run({ ...given, token, console: { log } })
    return promise
  }

  it('curl uploads a file, and makes a link that opens it for anybody', async () => {
    const uploaded = fileRecord.parse(await shell(exampleWith('bash', '/files/upload')))
    expect(uploaded).toMatchObject({ folder: 'documents', filename: 'test.pdf', category: 'document' })
    const { url } = signedUrl.parse(await shell(exampleWith('bash', '/files/signed-url')))
    const opened = await fetch(new URL(new URL(url).pathname + new URL(url).search, server.url))
    expect(opened.status).toBe(200)
    expect(opened.headers.get('content-disposition')).toMatch(/^inline/)
  })

  it('a form uploads a file into a course', async () => {
    const file = new File([pdfBytes(3000)], 'Bài 1.pdf')
    const url = await print(exampleWith('javascript', 'FormData'), { file }, 'http')
    expect(url).toBe((await recordIn('Bài giảng', 'Bài 1.pdf')).url)
  })

  it('tus-js-client uploads a file', async () => {
    const line = await print(exampleWith('javascript', 'tus-js-client'), { file: pdfBytes(4000) }, 'file ')
    const record = await recordIn('Bài giảng', 'lecture.pdf')
    expect(line).toBe(`file ${record.id}`)
    expect(record).toMatchObject({ size: 4000, course_id: 'algebra-1' })
  })
})
