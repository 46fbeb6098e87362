export const WIDTH = 853
export const HEIGHT = 480

/** Draws in lengths of a picture of 853 by 480, however large it is. */
export class Pen {
  readonly #context: CanvasRenderingContext2D

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context
  }

  fill(colour: string | CanvasGradient, path: (context: CanvasRenderingContext2D) => void, opacity = 1): void {
    this.#context.globalAlpha = opacity
    this.#context.fillStyle = colour
    this.#context.beginPath()
    path(this.#context)
    this.#context.fill()
    this.#context.globalAlpha = 1
  }

  line(colour: string, thickness: number, path: (context: CanvasRenderingContext2D) => void): void {
    this.#context.strokeStyle = colour
    this.#context.lineWidth = thickness
    this.#context.lineCap = 'round'
    this.#context.beginPath()
    path(this.#context)
    this.#context.stroke()
  }

  oval(colour: string, x: number, y: number, across: number, down: number, opacity = 1): void {
    this.fill(colour, (context) => context.ellipse(x, y, across, down, 0, 0, 2 * Math.PI), opacity)
  }

  within(move: (context: CanvasRenderingContext2D) => void, draw: () => void): void {
    this.#context.save()
    move(this.#context)
    draw()
    this.#context.restore()
  }
}

/** One of many that the place chooses. */
export function among<One>(place: number, many: readonly One[]): One {
  const one = many[place % many.length]
  if (one === undefined) throw new Error('There is nothing to choose from.')
  return one
}
