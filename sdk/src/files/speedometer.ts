/** Milliseconds: what was longer ago says nothing of now. */
const WINDOW_MS = 10_000
/** Before that, one packet more or less would make all the difference. */
const SOONEST_MS = 1_000

interface Sample {
  readonly at: number
  readonly sent: number
}

/** How fast bytes leave, over the last seconds. */
export class Speedometer {
  #samples: readonly Sample[] = []

  /** @param at epoch milliseconds */
  note(at: number, sent: number): void {
    const last = this.#samples.at(-1)
    // The server had less than was thought: from there it is counted anew.
    const before = last !== undefined && sent < last.sent ? [] : this.#samples
    this.#samples = [...before.filter((sample) => at - sample.at <= WINDOW_MS), { at, sent }]
  }

  get bytesPerSecond(): number | undefined {
    const [first] = this.#samples
    const last = this.#samples.at(-1)
    if (first === undefined || last === undefined || last.at - first.at < SOONEST_MS) return undefined
    return ((last.sent - first.sent) * 1_000) / (last.at - first.at)
  }
}
