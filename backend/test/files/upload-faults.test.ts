import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { API_BASE } from '@lectern/protocol'
import { describe, expect, it, vi } from 'vitest'
import { mountTmpfs, temporaryFolder } from '../harness/small-disk.ts'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { leftovers, NOTHING } from './leftovers.ts'
import { formBytes, openUpload, readUntil } from './raw-upload.ts'
import { pdfBytes } from './upload-client.ts'

const tokenOf = (server: TestServer) => server.token({ sub: 'an' })
const nothingIsLeft = (server: TestServer) =>
  vi.waitFor(async () => expect(await leftovers(server)).toEqual(NOTHING), 30_000)

describe('an upload that goes wrong on its way', () => {
  it('FI13 one whose client is gone leaves nothing, wherever it was cut', async () => {
    await using server = await startTestServer()
    const token = await tokenOf(server)
    const body = formBytes({ content: pdfBytes(700_000) })
    for (const at of [1, 60, 200, 4000, 300_000, 600_000, body.length - 1]) {
      const socket = await openUpload(server.url, token, body.length)
      await new Promise((resolve) => socket.write(body.subarray(0, at), resolve))
      socket.destroy()
    }
    const { status } = await fetch(`${server.url}/health/live`)
    expect(status).toBe(200)
    await vi.waitFor(() => expect(requests(server)).toHaveLength(7), 30_000)
    await nothingIsLeft(server)
  })

  it('FI13 a body that ends before its form does is VALIDATION_FAILED', async () => {
    await using server = await startTestServer()
    const token = await tokenOf(server)
    const body = formBytes({ content: pdfBytes(200_000) })
    for (const at of [30, 150, 100_000, body.length - 10]) {
      const socket = await openUpload(server.url, token, at)
      socket.write(body.subarray(0, at))
      expect(await readUntil(socket, /"code":"VALIDATION_FAILED"/)).toMatch(/^HTTP\/1\.1 400 /)
      socket.destroy()
    }
    await nothingIsLeft(server)
  })

  it('FI15 one person sends a hundred bodies at once, however slowly, and no more', async () => {
    await using server = await startTestServer({ env: { LIMIT_UPLOADS_PER_MIN: '0', LIMIT_EVENTS_PER_SEC: '0' } })
    const body = formBytes({ content: pdfBytes(10_000) })
    const open = async (token: string) => {
      const socket = await openUpload(server.url, token, body.length)
      socket.write(body.subarray(0, 5000))
      return socket
    }
    const token = await tokenOf(server)
    const sockets = await Promise.all(Array.from({ length: 100 }, () => open(token)))
    await vi.waitFor(async () => expect((await leftovers(server)).staging).toHaveLength(100), 10_000)
    const refused = await open(token)
    expect(await readUntil(refused, /RATE_LIMITED/)).toMatch(/^HTTP\/1\.1 429 /)
    const other = await open(await server.token({ sub: 'binh' }))
    other.write(body.subarray(5000))
    expect(await readUntil(other, /"success"/)).toMatch(/^HTTP\/1\.1 201 /)
    for (const socket of [...sockets, refused, other]) socket.destroy()
    await nothingIsLeft(server)
    expect((await upload(server, pdfBytes(1000))).status).toBe(201)
  })

  it('FI12 a Content-Length that is larger than any file is refused before a byte of it comes', async () => {
    await using server = await startTestServer()
    const socket = await openUpload(server.url, await tokenOf(server), 600_000_000)
    expect(await readUntil(socket, /\}\}/)).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
    await nothingIsLeft(server)
  })

  it('FI12 a Content-Length that is larger than the file’s category is refused at its name', async () => {
    await using server = await startTestServer()
    const body = formBytes({ filename: 'x.png', content: Buffer.from('first bytes') })
    const socket = await openUpload(server.url, await tokenOf(server), 100_000_000)
    socket.write(body.subarray(0, body.length - 32))
    expect(await readUntil(socket, /\}\}/)).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
    await nothingIsLeft(server)
  })

  it('FI12 what is refused early reaches a client that goes on sending', async () => {
    await using server = await startTestServer()
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'big.mp4')
    await writeFile(file, '<html>')
    await truncate(file, 100_000_000)
    for (const more of [[], ['-H', 'Transfer-Encoding: chunked'], ['-H', 'Expect:']]) {
      const answer = await curl([...more, '-F', `file=@${file}`, '-F', 'folder=x', ...(await authorised(server))])
      expect(answer).toContain('"code":"UNSUPPORTED_FILE_TYPE"')
    }
    expect((await upload(server, Buffer.alloc(60_000_000))).status).toBe(413)
    await nothingIsLeft(server)
  })

  it.skipIf(process.getuid?.() !== 0)(
    'FI16 a full disk is STORAGE_FULL, and its bytes are free again',
    async ({ skip }) => {
      await using folder = await temporaryFolder()
      const disk = await mountTmpfs(folder.path, 'size=8m')
      if (disk === undefined) return skip('NOT TESTED: this machine mounts no tmpfs')
      await using _mounted = disk
      await using server = await startTestServer({ env: { UPLOAD_PATH: folder.path } })
      const send = (bytes: number) => upload(server, pdfBytes(bytes))
      expect((await send(3_000_000)).status).toBe(201)
      const full = await send(20_000_000)
      expect([full.status, await full.text()]).toEqual([507, expect.stringContaining('"reason":"disk"')])
      expect((await send(3_000_000)).status).toBe(201)
    },
  )
})

const requests = (server: TestServer) =>
  server.logLines.filter(({ msg, method }) => msg === 'request' && method === 'POST')

async function authorised(server: TestServer): Promise<string[]> {
  return ['-H', `Authorization: Bearer ${await tokenOf(server)}`, `${server.url}${API_BASE}/files/upload`]
}

async function curl(args: readonly string[]): Promise<string> {
  const child = spawn('curl', ['-sS', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  await once(child, 'close')
  return text
}

async function upload(server: TestServer, content: Uint8Array<ArrayBuffer>): Promise<Response> {
  const body = new FormData()
  body.append('file', new File([content], 'x.pdf'))
  body.append('folder', 'x')
  const headers = { Authorization: `Bearer ${await tokenOf(server)}` }
  return fetch(`${server.url}${API_BASE}/files/upload`, { method: 'POST', headers, body })
}
