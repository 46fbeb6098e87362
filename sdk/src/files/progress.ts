import type { Clock } from '../clock.ts'
import { Speedometer } from './speedometer.ts'
import type { UploadState } from './uploads.types.ts'

/** No more often is anybody told how far it is. */
const EVERY_MS = 250

/** How far one run of an upload is. */
export class Progress {
  readonly #clock: Clock
  readonly #size: number
  readonly #speed = new Speedometer()
  #shownAt: number

  constructor(clock: Clock, size: number) {
    this.#clock = clock
    this.#size = size
    this.#shownAt = clock.now()
  }

  /** @returns the state to show; undefined where that is too soon */
  at(sent: number): UploadState | undefined {
    const now = this.#clock.now()
    this.#speed.note(now, sent)
    if (now - this.#shownAt < EVERY_MS) return undefined
    this.#shownAt = now
    const { bytesPerSecond } = this.#speed
    const isKnown = bytesPerSecond !== undefined && bytesPerSecond > 0
    const secondsLeft = isKnown ? Math.ceil((this.#size - sent) / bytesPerSecond) : undefined
    return { kind: 'uploading', sent, bytesPerSecond, secondsLeft }
  }
}
