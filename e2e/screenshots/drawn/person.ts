import { among, HEIGHT, Pen, WIDTH } from './pen.ts'
import { drawRoom } from './room.ts'

const CLOTHES = ['#2f5d8c', '#b4532f', '#3f7a5a', '#6a4c93', '#c28a2c', '#33424f', '#a23b57'] as const
const SKINS = ['#f0c9a4', '#e8b98f', '#f3d2b3', '#dfa97c'] as const
const HAIRS = ['#1f1a17', '#2b211c', '#3a2a20'] as const
const MIDDLE = WIDTH / 2

interface Looks {
  readonly cloth: string
  readonly skin: string
  readonly hair: string
  readonly hasLongHair: boolean
  readonly hasGlasses: boolean
}

/** Somebody at a desk, in a room of their own. @param place tells one from another */
export function drawPerson(context: CanvasRenderingContext2D, place: number): void {
  const pen = new Pen(context)
  const looks: Looks = {
    cloth: among(place, CLOTHES),
    skin: among(place, SKINS),
    hair: among(place, HAIRS),
    hasLongHair: place % 2 === 0,
    hasGlasses: place % 3 === 1,
  }
  drawRoom(pen, place, context.createLinearGradient(0, 0, WIDTH, HEIGHT))
  // Nobody sits in the very middle, nor as near as the next.
  const nearer = 1 + (place % 3) * 0.06
  pen.within(
    () => {
      context.translate(MIDDLE + ((place * 37) % 40) - 20, HEIGHT)
      context.scale(nearer, nearer)
      context.translate(-MIDDLE, -HEIGHT)
    },
    () => {
      drawBody(pen, looks)
      drawHead(pen, looks)
      drawFace(pen, looks)
    },
  )
}

function drawBody(pen: Pen, { cloth, skin, hair, hasLongHair }: Looks): void {
  if (hasLongHair) pen.fill(hair, (path) => path.roundRect(MIDDLE - 108, 150, 216, 240, [100, 100, 46, 46]))
  pen.fill(cloth, (path) => {
    path.moveTo(MIDDLE - 215, HEIGHT)
    path.bezierCurveTo(MIDDLE - 205, HEIGHT - 118, MIDDLE - 120, HEIGHT - 126, MIDDLE - 52, HEIGHT - 150)
    path.lineTo(MIDDLE + 52, HEIGHT - 150)
    path.bezierCurveTo(MIDDLE + 120, HEIGHT - 126, MIDDLE + 205, HEIGHT - 118, MIDDLE + 215, HEIGHT)
  })
  pen.fill(skin, (path) => path.roundRect(MIDDLE - 36, 300, 72, 62, 10))
  pen.oval(skin, MIDDLE, HEIGHT - 138, 44, 26)
  pen.oval('#000000', MIDDLE, 322, 40, 26, 0.12)
}

function drawHead(pen: Pen, { skin, hair }: Looks): void {
  for (const side of [-1, 1]) pen.oval(skin, MIDDLE + side * 84, 236, 14, 22)
  pen.fill(skin, (path) => path.roundRect(MIDDLE - 82, 132, 164, 200, [78, 78, 82, 82]))
  pen.fill(hair, (path) => {
    path.moveTo(MIDDLE - 84, 232)
    path.bezierCurveTo(MIDDLE - 110, 104, MIDDLE - 44, 92, MIDDLE + 6, 94)
    path.bezierCurveTo(MIDDLE + 72, 94, MIDDLE + 108, 126, MIDDLE + 84, 232)
    path.bezierCurveTo(MIDDLE + 80, 190, MIDDLE + 66, 168, MIDDLE + 34, 158)
    path.bezierCurveTo(MIDDLE - 20, 176, MIDDLE - 70, 160, MIDDLE - 78, 188)
    path.bezierCurveTo(MIDDLE - 81, 200, MIDDLE - 83, 214, MIDDLE - 84, 232)
  })
}

function drawFace(pen: Pen, { hair, hasGlasses }: Looks): void {
  for (const side of [-1, 1]) {
    const eye = MIDDLE + side * 34
    pen.oval('#2a2320', eye, 236, 6.5, 8)
    pen.line(hair, 5, (path) => {
      path.moveTo(eye - side * 14, 212)
      path.quadraticCurveTo(eye, 205, eye + side * 15, 212)
    })
    pen.oval('#d9604c', MIDDLE + side * 50, 272, 17, 11, 0.22)
    if (hasGlasses) pen.line('#3b3f46', 4, (path) => path.roundRect(eye - 25, 216, 50, 40, 16))
  }
  if (hasGlasses) {
    pen.line('#3b3f46', 4, (path) => {
      path.moveTo(MIDDLE - 9, 232)
      path.lineTo(MIDDLE + 9, 232)
    })
  }
  pen.line('#b9805c', 4, (path) => {
    path.moveTo(MIDDLE, 246)
    path.quadraticCurveTo(MIDDLE + 9, 264, MIDDLE - 2, 266)
  })
  pen.line('#a8483f', 5, (path) => path.ellipse(MIDDLE, 280, 26, 18, 0, 0.35, Math.PI - 0.35))
}
