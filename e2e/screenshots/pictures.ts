import type { Page } from 'playwright-core'

/** A picture that looks like something, in a colour of its own. @param hue degrees */
export const pictureOf = async (page: Page, hue: number): Promise<Buffer<ArrayBuffer>> =>
  Buffer.from(
    await page.evaluate((degrees) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 960, height: 640 })
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('No canvas.')
      const sky = context.createLinearGradient(0, 0, 0, 640)
      sky.addColorStop(0, `hsl(${degrees} 60% 78%)`)
      sky.addColorStop(1, `hsl(${degrees} 60% 94%)`)
      context.fillStyle = sky
      context.fillRect(0, 0, 960, 640)
      for (const [lightness, height, width] of [
        [62, 300, 260],
        [48, 200, 180],
        [34, 110, 320],
      ] as const) {
        context.fillStyle = `hsl(${degrees} 40% ${lightness}%)`
        context.beginPath()
        context.moveTo(0, 640)
        for (let x = 0; x <= 960; x += 8) context.lineTo(x, 640 - height - Math.sin((x + degrees) / width) * 70)
        context.lineTo(960, 640)
        context.fill()
      }
      return canvas.toDataURL('image/png').replace(/^.*,/, '')
    }, hue),
    'base64',
  )
