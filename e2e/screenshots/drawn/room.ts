import { among, HEIGHT, type Pen, WIDTH } from './pen.ts'

const WALLS = ['#dfe7ee', '#efe4d6', '#dcebe0', '#e6e1f0', '#f0dfdc', '#d9e9ec'] as const
const BOOKS = ['#a9806a', '#7b93a6', '#c3a56b', '#8aa38b', '#b07f86', '#93869f'] as const

/** What is behind somebody. */
export function drawRoom(pen: Pen, place: number, light: CanvasGradient): void {
  const wall = among(place, WALLS)
  pen.fill(wall, (path) => path.rect(0, 0, WIDTH, HEIGHT))
  light.addColorStop(0, '#ffffff')
  light.addColorStop(1, wall)
  pen.fill(light, (path) => path.rect(0, 0, WIDTH, HEIGHT), 0.5)
  among(place, [shelves, window, plant])(pen, place)
}

function shelves(pen: Pen, place: number): void {
  for (const [row, top] of [70, 190].entries()) {
    for (const left of [40, WIDTH - 220]) {
      for (let at = 0; at < 9; at += 1) {
        const tall = 62 + ((at * 13 + row * 7 + place * 5) % 24)
        pen.fill(among(at + row * 2 + place, BOOKS), (path) => path.rect(left + at * 19, top + 90 - tall, 15, tall))
      }
      pen.fill('#8c6f56', (path) => path.rect(left - 12, top + 90, 200, 9))
    }
  }
}

function window(pen: Pen): void {
  const left = WIDTH - 230
  const pane = (path: CanvasRenderingContext2D) => path.roundRect(left, 36, 168, 210, 6)
  pen.fill('#bcdcf2', pane)
  pen.fill('#8fbf93', (path) => path.ellipse(left + 84, 242, 78, 52, 0, Math.PI, 0))
  pen.line('#ffffff', 9, (path) => {
    pane(path)
    path.moveTo(left + 84, 36)
    path.lineTo(left + 84, 246)
  })
}

function plant(pen: Pen): void {
  for (const turn of [-0.9, -0.45, 0.45, 0.9, 0]) {
    pen.within(
      (context) => {
        context.translate(126, 320)
        context.rotate(turn)
      },
      () => pen.oval(turn === 0 ? '#4f8f62' : '#62a376', 0, -86, 20, 84),
    )
  }
  pen.fill('#c0714b', (path) => path.roundRect(82, 318, 88, 110, 10))
  pen.fill('#d8dce3', (path) => path.roundRect(WIDTH - 210, 70, 140, 104, 4))
  pen.fill('#9fb4c8', (path) => path.rect(WIDTH - 198, 82, 116, 80))
}
