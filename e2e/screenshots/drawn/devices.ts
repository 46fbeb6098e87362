import { drawLesson } from './lesson.ts'
import { HEIGHT, WIDTH } from './pen.ts'
import { drawPerson } from './person.ts'

/** Who is before the camera. */
export interface Drawn {
  /** Tells one from another. */
  readonly place: number
  /** Whether they speak; else one hears nothing. */
  readonly speaks: boolean
}

const SHORTER_SIDE = 540
const LOOK_MS = 250

declare global {
  interface Window {
    /** From now on it is they whom a camera shows. */
    drawAs(drawn: Drawn): void
  }
}

/** Drawn once; a canvas that nobody draws on gives no frames, so that it is copied again and again. */
function streamOf(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): MediaStream {
  const [original, shown] = [0, 1].map(() => Object.assign(document.createElement('canvas'), { width, height }))
  const [drawn, context] = [original?.getContext('2d'), shown?.getContext('2d')]
  if (original === undefined || shown === undefined || !drawn || !context) throw new Error('No canvas.')
  draw(drawn)
  const copy = (): void => context.drawImage(original, 0, 0)
  copy()
  setInterval(copy, LOOK_MS)
  return shown.captureStream(1000 / LOOK_MS)
}

const camera = (place: number): MediaStream => {
  const scale = SHORTER_SIDE / HEIGHT
  return streamOf(Math.round(WIDTH * scale), SHORTER_SIDE, (context) => {
    context.scale(scale, scale)
    drawPerson(context, place)
  })
}

const silence = (): MediaStream => new MediaStreamAudioDestinationNode(new AudioContext()).stream

let before: Drawn = { place: 0, speaks: false }
const { getUserMedia } = MediaDevices.prototype
// What is made up has no echo: to look for one costs more than all else about sound.
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }

MediaDevices.prototype.getUserMedia = async function ({ audio, video } = {}) {
  const { place, speaks } = before
  const pictures = video ? camera(place).getVideoTracks() : []
  if (!audio) return new MediaStream(pictures)
  const wanted = typeof audio === 'object' ? { ...audio, ...PLAIN } : PLAIN
  const sound = speaks ? await getUserMedia.call(this, { audio: wanted }) : silence()
  return new MediaStream([...pictures, ...sound.getAudioTracks()])
}
MediaDevices.prototype.getDisplayMedia = async () => streamOf(1280, 720, drawLesson)

window.drawAs = (drawn) => {
  before = drawn
}
