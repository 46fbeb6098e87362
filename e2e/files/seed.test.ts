import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FILE_RECORD_ROUTES, FILE_ROUTES, type FileRecord } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restOf } from '../rig/rest.ts'
import type { ServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { startFileServer } from './file-server.ts'
import { UPLOAD_BY_CURL, UPLOAD_BY_FORM, UPLOAD_SEVERAL } from './original-examples.ts'
import { PDF, PNG } from './samples.ts'

const run = promisify(execFile)

let server: ServerProcess
let directory: string
beforeAll(async () => {
  server = await startFileServer()
  directory = await mkdtemp(join(tmpdir(), 'lectern-original-'))
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  if (directory !== undefined) await rm(directory, { recursive: true })
})

const addressed = (example: string) => example.replaceAll('http://localhost:3000', server.url)

/** Where who has the token sees it. */
const listed = async (token: string, folder: string) =>
  (await restOf(server.url, token)(FILE_RECORD_ROUTES.listFiles, { params: { folder } })).data

const bytesOf = async (token: string, { url }: Pick<FileRecord, 'url'>) => {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

/** Runs an example as the body of a function that is given its names, and answers one that it has made. */
async function runExample(example: string, given: Readonly<Record<string, unknown>>, made: string): Promise<unknown> {
  const file = join(directory, `${made}.mjs`)
  const names = Object.keys(given).join(', ')
  await writeFile(file, `export default async ({ ${names} }) => {\n${addressed(example)}\nreturn ${made}\n}\n`)
  const { default: body }: { default: (names: typeof given) => Promise<unknown> } = await import(file)
  return body(given)
}

describe("the original's examples, as they stand", () => {
  it('curl uploads a file, which its owner then finds in the folder', async () => {
    const token = signToken({ sub: 'an' })
    await writeFile(join(directory, 'test.pdf'), PDF)
    const command = addressed(UPLOAD_BY_CURL).replaceAll('Bearer TOKEN', `Bearer ${token}`)
    const { stdout } = await run('bash', ['-c', command], { cwd: directory })
    const file = FILE_ROUTES.uploadFile.response.parse(JSON.parse(stdout).data)
    expect(file).toMatchObject({ folder: 'documents', filename: 'test.pdf', category: 'document', uploaded_by: 'an' })
    expect(await bytesOf(token, file)).toEqual(PDF)
    expect(await listed(token, 'documents')).toEqual([file])
  })

  it('a form of one file, its folder and its category is uploaded', async () => {
    const token = signToken({ sub: 'binh' })
    const said: unknown[] = []
    const console = { log: (...words: readonly unknown[]) => said.push(...words) }
    const file = new File([PDF], 'Bài giảng 1.pdf')
    const result = await runExample(UPLOAD_BY_FORM, { file, token, console }, 'result')
    const [uploaded] = await listed(token, 'lesson-materials')
    expect(result).toEqual({ success: true, data: uploaded })
    expect(said).toEqual(['Uploaded:', uploaded])
    expect(uploaded).toMatchObject({ original_name: 'Bài giảng 1.pdf', mime_type: 'application/pdf' })
  })

  it('a form of several files is uploaded, and one that is bad is told of', async () => {
    const token = signToken({ sub: 'chau' })
    const files = [new File([PDF], 'bài 1.pdf'), new File([PNG], 'ảnh chụp.png'), new File(['<script>'], 'bài 2.pdf')]
    const response = await runExample(UPLOAD_SEVERAL, { files, token }, 'response')
    if (!(response instanceof Response)) throw new Error('The example made no response.')
    expect(response.status).toBe(201)
    const { data }: { data: unknown } = await response.json()
    const { uploaded, failed } = FILE_ROUTES.uploadFiles.response.parse(data)
    expect(uploaded.map(({ original_name }) => original_name)).toEqual(['bài 1.pdf', 'ảnh chụp.png'])
    expect(failed).toMatchObject([{ original_name: 'bài 2.pdf', error: { code: 'UNSUPPORTED_FILE_TYPE' } }])
    expect(new Set(await listed(token, 'assignments'))).toEqual(new Set(uploaded))
  })
})
