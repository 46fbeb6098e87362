import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { CREATED_AT, type ServingRig, startServingRig } from './serving-rig.ts'

const MB = 1_048_576
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

/** What this process holds open below a directory (proc(5)). */
async function openFiles(directory: string): Promise<number> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  )
  return links.filter((link) => link.startsWith(directory)).length
}

describe.each([
  { store: 'a local disk', remote: false },
  { store: 'a store elsewhere', remote: true },
])('bytes of $store', ({ remote }) => {
  it('FI30: come whole, with their hash as ETag, the time of the record and their length', async () => {
    await using rig = await startServingRig({ remote })
    const content = randomBytes(3 * MB + 17)
    const file = await rig.add(content)
    const response = await rig.get('download', file)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: `"${file.sha256}"`,
      'last-modified': 'Sun, 01 Mar 2026 08:30:15 GMT',
      'accept-ranges': 'bytes',
      'content-length': String(content.length),
      'cache-control': 'private, no-cache',
    })
    expect((await bytesOf(response)).equals(content)).toBe(true)
  })

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1048570-1048580', 1_048_570, 1_048_581],
    ['bytes=3000000-', 3_000_000, 3 * MB],
    ['bytes=-5', 3 * MB - 5, 3 * MB],
    ['bytes=0-', 0, 3 * MB],
    ['bytes=3145000-99999999', 3_145_000, 3 * MB],
  ])('FI31: %s comes as that part', async (range, start, end) => {
    await using rig = await startServingRig({ remote })
    const content = randomBytes(3 * MB)
    const file = await rig.add(content)
    const response = await rig.get('view', file, { headers: { Range: range } })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${3 * MB}`)
    expect(response.headers.get('content-length')).toBe(String(end - start))
    expect((await bytesOf(response)).equals(content.subarray(start, end))).toBe(true)
  })

  it('FI30: whose record has lost them are UNAVAILABLE, and nothing of the file is told', async () => {
    await using rig = await startServingRig({ remote })
    const file = await rig.add('content')
    await rig.remove(file, 'bytes')
    const response = await rig.get('download', file)
    expect(response.status).toBe(503)
    expect(response.headers.get('content-disposition')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ error: { code: 'UNAVAILABLE' } })
  })

  it('stop being read when the client hangs up', async () => {
    await using rig = await startServingRig({ remote })
    const file = await rig.add(Buffer.alloc(32 * MB))
    const aborting = new AbortController()
    const response = await rig.get('download', file, { signal: aborting.signal })
    expect(await openFiles(rig.objects)).toBe(1)
    aborting.abort()
    await expect(response.arrayBuffer()).rejects.toThrow()
    await expect.poll(() => rig.logLines.filter(({ status }) => status === 'aborted')).toHaveLength(1)
    await expect.poll(() => openFiles(rig.objects)).toBe(0)
    expect(rig.logLines.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('a conditional request', () => {
  it('FI32: is 304 for who has the bytes, with the headers that a browser replaces', async () => {
    await using rig = await startServingRig()
    const file = await rig.add('content')
    const whole = await rig.get('view', file)
    const again = await rig.get('view', file, { headers: { 'If-None-Match': `W/"x", "${file.sha256}"` } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    for (const name of ['etag', 'cache-control', 'content-security-policy', 'cross-origin-resource-policy']) {
      expect(again.headers.get(name)).toBe(whole.headers.get(name))
    }
    expect(again.headers.get('x-frame-options')).toBeNull()
    const since = await rig.get('view', file, { headers: { 'If-Modified-Since': new Date(CREATED_AT).toUTCString() } })
    expect(since.status).toBe(304)
  })

  it('FI32: is answered whole by If-Range with another tag, in part by the same', async () => {
    await using rig = await startServingRig()
    const file = await rig.add('content')
    const get = (condition: string) => rig.get('view', file, { headers: { Range: 'bytes=0-0', 'If-Range': condition } })
    const [same, other, date] = [
      await get(`"${file.sha256}"`),
      await get('"other"'),
      await get(new Date(CREATED_AT).toUTCString()),
    ]
    expect([same.status, other.status, date.status]).toEqual([206, 200, 206])
    expect(await other.text()).toBe('content')
  })
})

describe('a range', () => {
  it('FI31: beyond the end is RANGE_NOT_SATISFIABLE, and says how much there is', async () => {
    await using rig = await startServingRig()
    const file = await rig.add('content')
    const response = await rig.get('download', file, { headers: { Range: 'bytes=7-' } })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */7')
    expect(response.headers.get('content-disposition')).toBeNull()
    expect(await response.json()).toMatchObject({ success: false, error: { code: 'RANGE_NOT_SATISFIABLE' } })
  })

  it.each([['bytes=0-1,3-4'], ['lines=1-2'], ['bytes=5-2'], ['nonsense']])(
    'FI31: %s is answered with the whole',
    async (range) => {
      await using rig = await startServingRig()
      const response = await rig.get('download', await rig.add('content'), { headers: { Range: range } })
      expect([response.status, await response.text()]).toEqual([200, 'content'])
    },
  )

  it('FI33: means nothing to HEAD, which answers as GET does, without the bytes', async () => {
    await using rig = await startServingRig()
    const file = await rig.add('content')
    const [head, get] = [
      await rig.get('download', file, { method: 'HEAD', headers: { Range: 'bytes=0-1' } }),
      await rig.get('download', file),
    ]
    expect([head.status, await head.text()]).toEqual([200, ''])
    const told = ({ headers }: Response) =>
      Object.fromEntries(
        [...headers].filter(([name]) => !['connection', 'date', 'keep-alive', 'x-request-id'].includes(name)),
      )
    expect(told(head)).toEqual(told(get))
    await get.arrayBuffer()
  })
})

describe('a connection', () => {
  const requestOf = (rig: ServingRig, path: string) => `GET ${path} HTTP/1.1\r\nHost: ${new URL(rig.url).host}\r\n`

  it('answers requests that did not wait for one another, in their order', async () => {
    await using rig = await startServingRig()
    const [one, other] = [await rig.add(Buffer.alloc(3 * MB, 'a')), await rig.add('b', { filename: 'b.pdf' })]
    const socket = connect(Number(new URL(rig.url).port), '127.0.0.1')
    socket.write(`${requestOf(rig, rig.pathOf('download', one))}\r\n`)
    socket.write(`${requestOf(rig, rig.pathOf('download', other))}Connection: close\r\n\r\n`)
    const answers = (await buffer(socket)).toString('latin1')
    expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
    expect(answers.match(/a{3145728}/)).not.toBeNull()
    expect(answers.endsWith('\r\n\r\nb')).toBe(true)
  })

  it('is closed, and its file with it, when nothing is taken from it', async () => {
    await using rig = await startServingRig({ stallMs: 100 })
    const file = await rig.add(Buffer.alloc(32 * MB))
    const socket = connect(Number(new URL(rig.url).port), '127.0.0.1').pause()
    await once(socket, 'connect')
    socket.write(`${requestOf(rig, rig.pathOf('download', file))}\r\n`)
    await expect.poll(() => rig.logLines.filter(({ status }) => status === 'aborted')).toHaveLength(1)
    await expect.poll(() => openFiles(rig.objects)).toBe(0)
    socket.destroy()
  })
})
