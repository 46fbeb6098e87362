import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { claimedPng, picture } from './images.ts'
import { type FileFacts, startServingRig } from './serving-rig.ts'

const PNG: FileFacts = { mimeType: 'image/png', category: 'image', filename: 'a.png' }
const JPEG: FileFacts = { mimeType: 'image/jpeg', category: 'image', filename: 'a.jpg' }
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a thumbnail', () => {
  it.each([
    ['?w=160', 160],
    ['', 320],
    ['?w=640', 640],
  ])('FI39: of %s is a WebP of that width', async (query, width) => {
    await using rig = await startServingRig()
    const file = await rig.add(await picture(1200, 600).png().toBuffer(), PNG)
    const response = await rig.get('thumbnail', file, { query })
    expect(response.headers.get('content-type')).toBe('image/webp')
    expect(await sharp(await bytesOf(response)).metadata()).toMatchObject({ format: 'webp', width, height: width / 2 })
  })

  it('FI39: of any other width is VALIDATION_FAILED', async () => {
    await using rig = await startServingRig()
    const file = await rig.add(await picture(10, 10).png().toBuffer(), PNG)
    expect((await rig.get('thumbnail', file, { query: '?w=200' })).status).toBe(400)
  })

  it('FI39: is not larger than the image', async () => {
    await using rig = await startServingRig()
    const file = await rig.add(await picture(100, 50).png().toBuffer(), PNG)
    const image = await bytesOf(await rig.get('thumbnail', file, { query: '?w=640' }))
    expect(await sharp(image).metadata()).toMatchObject({ width: 100, height: 50 })
  })

  it('FI40: stands upright, and says nothing of where and with what it was taken', async () => {
    await using rig = await startServingRig()
    const exif = { IFD0: { Make: 'a camera' }, IFD3: { GPSLatitude: '21/1 1/1 1/1' } }
    const photo = await picture(400, 200).withExif(exif).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const image = await bytesOf(await rig.get('thumbnail', await rig.add(photo, JPEG)))
    const { width, height, ...metadata } = await sharp(image).metadata()
    expect([width, height]).toEqual([200, 400])
    expect([metadata.exif, metadata.orientation, metadata.icc, metadata.xmp]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    const { data } = await sharp(image)
      .extract({ left: 100, top: 50, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(data[0]).toBeGreaterThan(data[2] ?? 255)
  })

  it('FI40: of a moving image is its first frame', async () => {
    await using rig = await startServingRig()
    const frames = [await picture(64, 64).png().toBuffer(), await picture(64, 64).negate().png().toBuffer()]
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    const file = await rig.add(moving, { mimeType: 'image/gif', category: 'image', filename: 'a.gif' })
    const image = await bytesOf(await rig.get('thumbnail', file))
    expect(await sharp(image).metadata()).toMatchObject({ width: 64, height: 64 })
    expect((await sharp(image).metadata()).pages ?? 1).toBe(1)
  })

  it('FI39: of an image in passes is made too', async () => {
    await using rig = await startServingRig()
    const [png, jpeg] = [
      await picture(400, 200).png({ progressive: true }).toBuffer(),
      await picture(400, 200).jpeg({ progressive: true }).toBuffer(),
    ]
    const files = [await rig.add(png, PNG), await rig.add(jpeg, JPEG)]
    for (const file of files) expect((await rig.get('thumbnail', file)).status).toBe(200)
  })

  it('FI41: is made once, however many ask for it at once, and kept', async () => {
    await using rig = await startServingRig()
    const file = await rig.add(await picture(800, 600).png().toBuffer(), PNG)
    const all = await Promise.all(Array.from({ length: 10 }, () => rig.get('thumbnail', file)))
    const images = await Promise.all(all.map(bytesOf))
    expect(images.every((image) => image.equals(images[0] ?? Buffer.alloc(0)))).toBe(true)
    expect(await readdir(rig.thumbnails)).toEqual([`${file.id}-320.webp`])
    await rig.remove(file, 'bytes')
    expect((await rig.get('thumbnail', file)).status).toBe(200)
  })

  it('FI41: is 304 for who has it, and gone with its file', async () => {
    await using rig = await startServingRig()
    const file = await rig.add(await picture(800, 600).png().toBuffer(), PNG)
    const first = await rig.get('thumbnail', file)
    await first.arrayBuffer()
    const etag = first.headers.get('etag') ?? ''
    expect((await rig.get('thumbnail', file, { headers: { 'If-None-Match': etag } })).status).toBe(304)
    const wider = await rig.get('thumbnail', file, { query: '?w=640', headers: { 'If-None-Match': etag } })
    expect(wider.status).toBe(200)
    await wider.arrayBuffer()
    // What a crash leaves of one that was being written.
    await writeFile(join(rig.thumbnails, `${file.id}-160.webp.part`), 'half')
    await rig.forget(file)
    expect(await readdir(rig.thumbnails)).toEqual([])
  })
})

describe('FI42: what has no thumbnail is NOT_FOUND', () => {
  const hostile: [string, FileFacts, () => Promise<Uint8Array> | Uint8Array][] = [
    ['a PDF', {}, () => Buffer.from('%PDF-1.7')],
    [
      'an SVG',
      { mimeType: 'image/svg+xml', category: 'image' },
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['an image of gigapixels', PNG, () => claimedPng(60_000, 60_000)],
    [
      'an image that has to be decoded whole, and is too large for that',
      PNG,
      () => picture(4200, 3072).png({ progressive: true }).toBuffer(),
    ],
    ['an image that ends early', PNG, async () => (await picture(800, 600).png().toBuffer()).subarray(0, 900)],
    ['an image of noughts', JPEG, () => Buffer.alloc(1000)],
    [
      'an SVG that claims to be a PNG',
      PNG,
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
  ]
  it.each(hostile)('%s', async (_what, facts, content) => {
    await using rig = await startServingRig()
    const file = await rig.add(await content(), facts)
    const response = await rig.get('thumbnail', file)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await readdir(rig.thumbnails)).toEqual([])
  })

  it('and is not tried again', async () => {
    await using rig = await startServingRig()
    const file = await rig.add(claimedPng(60_000, 60_000), PNG)
    for (const query of ['', '?w=160', '?w=640', '']) {
      expect((await rig.get('thumbnail', file, { query })).status).toBe(404)
    }
    expect(rig.logLines.filter(({ msg }) => msg === 'image without a thumbnail')).toHaveLength(1)
  })
})
