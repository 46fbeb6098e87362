import type { Page } from 'playwright-core'

/** A PDF of one page, which is red. */
export function redPdf(): Buffer<ArrayBuffer> {
  const drawing = '1 0 0 rg 0 0 400 400 re f'
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R>>',
    `<</Length ${drawing.length}>>stream\n${drawing}\nendstream`,
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj${object}endobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 5\n0000000000 65535 f \n${offsets.join('')}trailer<</Root 1 0 R/Size 5>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text)
}

/** So many seconds of a tone: 8 kHz, 8 bits, one channel. */
export function wav(seconds: number): Buffer<ArrayBuffer> {
  const samples = seconds * 8000
  const header = Buffer.alloc(44)
  header.write('RIFF')
  header.writeUInt32LE(36 + samples, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8000, 24)
  header.writeUInt32LE(8000, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples, 40)
  const tone = Buffer.alloc(samples).map((_, at) => 128 + Math.round(60 * Math.sin(at / 4)))
  return Buffer.concat([header, tone])
}

const decoded = (base64: string): Buffer<ArrayBuffer> => Buffer.from(base64, 'base64')

/** A red image, as a browser makes it. */
export const redPng = async (page: Page): Promise<Buffer<ArrayBuffer>> =>
  decoded(
    await page.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 100 })
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('No canvas.')
      context.fillStyle = 'rgb(255 0 0)'
      context.fillRect(0, 0, 200, 100)
      return canvas.toDataURL('image/png').replace(/^.*,/, '')
    }),
  )

/** About so many seconds of a picture that changes, as a browser records it. */
export const webm = async (page: Page, seconds: number): Promise<Buffer<ArrayBuffer>> =>
  decoded(
    await page.evaluate(async (length) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 })
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('No canvas.')
      const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' })
      const pieces: Blob[] = []
      recorder.ondataavailable = ({ data }) => pieces.push(data)
      const stopped = new Promise((resolve) => {
        recorder.onstop = resolve
      })
      recorder.start()
      const start = performance.now()
      await new Promise<void>((resolve) => {
        const draw = () => {
          const elapsed = performance.now() - start
          context.fillStyle = `rgb(${Math.round(elapsed / 20) % 256} 0 0)`
          context.fillRect(0, 0, 64, 64)
          if (elapsed > length * 1000) resolve()
          else requestAnimationFrame(draw)
        }
        draw()
      })
      recorder.stop()
      await stopped
      const reader = new FileReader()
      const read = new Promise((resolve) => {
        reader.onload = resolve
      })
      reader.readAsDataURL(new Blob(pieces))
      await read
      return String(reader.result).replace(/^.*,/, '')
    }, seconds),
  )

/** How much of a picture of the screen is red, from 0 to 1. */
export async function rednessOf(page: Page, screenshot: Uint8Array): Promise<number> {
  return page.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    if (context === null) throw new Error('No canvas.')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    let red = 0
    for (let at = 0; at < data.length; at += 4) {
      const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3)
      if (r > 200 && g < 60 && b < 60) red += 1
    }
    return red / (data.length / 4)
  }, Buffer.from(screenshot).toString('base64'))
}
