import type { Page } from 'playwright-core'

/**
 * Gives a page a camera that shows somebody, and a screen that shows a lesson: what a browser makes up is a test card.
 * All that is done with them is real.
 * @param hue degrees
 */
export async function drawDevices(page: Page, hue: number): Promise<void> {
  await page.addInitScript((degrees) => {
    const WIDTH = 640
    const HEIGHT = 480
    const streamOf = (
      width: number,
      height: number,
      draw: (context: CanvasRenderingContext2D) => void,
    ): MediaStream => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height })
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('No canvas.')
      draw(context)
      // A canvas that nobody draws on gives no frames.
      setInterval(() => draw(context), 250)
      return canvas.captureStream(4)
    }
    const somebody = (context: CanvasRenderingContext2D): void => {
      const wall = context.createLinearGradient(0, 0, WIDTH, HEIGHT)
      wall.addColorStop(0, `hsl(${degrees} 30% 62%)`)
      wall.addColorStop(1, `hsl(${degrees + 30} 35% 36%)`)
      context.fillStyle = wall
      context.fillRect(0, 0, WIDTH, HEIGHT)
      context.fillStyle = `hsl(${degrees + 180} 25% 30%)`
      context.beginPath()
      context.ellipse(WIDTH / 2, HEIGHT, 175, 165, 0, 0, 7)
      context.fill()
      context.fillStyle = 'hsl(26 45% 72%)'
      context.beginPath()
      context.ellipse(WIDTH / 2, 215, 78, 98, 0, 0, 7)
      context.fill()
      context.fillStyle = 'hsl(20 25% 18%)'
      context.beginPath()
      context.ellipse(WIDTH / 2, 165, 86, 72, 0, Math.PI, 0)
      context.fill()
    }
    const lesson = (context: CanvasRenderingContext2D): void => {
      context.fillStyle = 'white'
      context.fillRect(0, 0, 1280, 720)
      context.fillStyle = '#27304a'
      context.font = '600 52px sans-serif'
      context.fillText('det(AB) = det(A) · det(B)', 90, 150)
      for (const [row, width] of [720, 980, 640, 860, 560].entries()) {
        context.fillStyle = row % 2 === 0 ? '#c5cde6' : '#dde2f1'
        context.fillRect(90, 230 + row * 84, width, 34)
      }
    }
    const { getUserMedia } = MediaDevices.prototype
    MediaDevices.prototype.getUserMedia = async function (constraints = {}) {
      if (!constraints.video) return getUserMedia.call(this, constraints)
      const drawn = streamOf(WIDTH, HEIGHT, somebody)
      const sound = constraints.audio ? await getUserMedia.call(this, { audio: constraints.audio }) : undefined
      return new MediaStream([...drawn.getVideoTracks(), ...(sound?.getAudioTracks() ?? [])])
    }
    MediaDevices.prototype.getDisplayMedia = async () => streamOf(1280, 720, lesson)
  }, hue)
}
