// Imports nothing of the backend: it is what happens, to the server and to the calculation that checks it.

/** What happens at `t` seconds of real time. */
export type Happening = { readonly t: number } & (
  | { readonly kind: 'start' /** What the system's clock says then, epoch milliseconds. */; readonly wall: number }
  | { readonly kind: 'crash' | 'end' | 'reopen' | 'report' }
  | { readonly kind: 'join' | 'leave' | 'drop' | 'hand'; readonly user: string; readonly device: string }
  /** The network is gone, and that the connection is, is `lost` on the server later. */
  | { readonly kind: 'silent' | 'lost'; readonly user: string; readonly device: string }
  | { readonly kind: 'say'; readonly user: string }
)

export const TEACHER = 'teacher'
export const USERS = [TEACHER, ...Array.from({ length: 199 }, (_, index) => `student-${index + 1}`)]

interface Window {
  readonly from: number
  readonly to: number
  /** Who was there is there again, mostly soon. */
  readonly isAfterCrash: boolean
  /** Nobody leaves before. */
  readonly quietUntil: number
}

// Killed 4 and 8 seconds after a heartbeat: what the two lose of one person's time stays together below the 15 seconds.
const WINDOWS: readonly Window[] = [
  { from: 5, to: 1_234, isAfterCrash: false, quietUntil: 80 },
  { from: 1_250, to: 2_468, isAfterCrash: true, quietUntil: 1_250 },
  { from: 2_500, to: 3_600, isAfterCrash: true, quietUntil: 2_500 },
  { from: 3_651, to: 4_700, isAfterCrash: false, quietUntil: 3_720 },
]
const T0 = Date.parse('2026-03-02T01:00:00.000Z')
const HOUR = 3_600_000
const FOREVER = 10_000
/** The clock is set forward while the first process runs, and back while none does. */
const FRAME: readonly Happening[] = [
  { t: 0, kind: 'start', wall: T0 },
  { t: 1_234, kind: 'crash' },
  { t: 1_250, kind: 'start', wall: T0 + 1_250_000 + HOUR },
  { t: 2_468, kind: 'crash' },
  { t: 2_500, kind: 'start', wall: T0 + 2_500_000 - 2 * HOUR },
  { t: 3_600, kind: 'end' },
  { t: 3_650, kind: 'reopen' },
  { t: 4_700, kind: 'report' },
  ...[60, 1_253, 2_504, 3_700].map((t, index) => joinOf(TEACHER, t, index)),
]

function joinOf(user: string, t: number, number: number): Happening {
  return { t, kind: 'join', user, device: `${user}/${number}` }
}

/** The same for the same seed. */
export function timelineOf(seed: number): Happening[] {
  const random = randomBy(seed)
  const lives = USERS.filter((user) => user !== TEACHER).map((user) => new Life(user, random))
  const happenings = [...FRAME, ...lives.flatMap((life) => life.live())]
  return happenings.toSorted((a, b) => a.t - b.t)
}

type Random = (from: number, to: number) => number

/** Mulberry32. */
function randomBy(seed: number): Random {
  let state = seed
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (to - from)
  }
}

/** One student's evening. */
class Life {
  readonly #user: string
  readonly #random: Random
  readonly #happenings: Happening[] = []
  #devices = 0

  constructor(user: string, random: Random) {
    this.#user = user
    this.#random = random
  }

  live(): Happening[] {
    const manner = this.#random(0, 1)
    if (manner < 0.05) return []
    if (manner < 0.3) this.#stayAll(this.#random(-600, 60), FOREVER)
    else if (manner < 0.45) this.#stayAll(this.#random(400, 1_000), FOREVER)
    else this.#comeAndGo()
    for (const { from, to } of WINDOWS) {
      if (this.#random(0, 1) < 0.3) this.#push('say', this.#random(from, to))
    }
    return this.#happenings
  }

  #comeAndGo(): void {
    for (let t = this.#random(-600, 2_000); t < 4_600; t += this.#random(200, 1_500)) {
      const until = t + this.#random(60, 2_800)
      this.#stayAll(t, until)
      t = until
    }
  }

  #stayAll(from: number, until: number): void {
    for (const window of WINDOWS) this.#stay(window, from, until)
  }

  #stay(window: Window, wanted: number, until: number): void {
    const late = window.isAfterCrash && this.#random(0, 1) < 0.2 ? this.#random(12, 200) : this.#random(0.5, 9)
    const from = Math.max(wanted, window.from + late)
    const isCut = until >= window.to
    const to = isCut ? window.to : Math.max(until, window.quietUntil)
    if (to - from < 30 || (!isCut && window.to - to < 45)) return
    let device = this.#join(from)
    for (let t = Math.max(from, window.quietUntil) + this.#random(5, 300); t + 70 < to; t += this.#random(250, 1_500)) {
      device = this.#incident(device, t)
    }
    if (!isCut) this.#goAway(device, to)
  }

  /** @returns the device that they are there with afterwards */
  #incident(device: string, t: number): string {
    const which = Math.floor(this.#random(0, 6))
    if (which === 0) {
      this.#happenings.push({ t, kind: 'hand', user: this.#user, device })
      return device
    }
    if (which === 1) {
      const other = this.#join(t)
      this.#push('drop', t + 2, device)
      return other
    }
    if (which === 2) {
      this.#push('silent', t, device)
      this.#push('lost', t + 20, device)
      return this.#join(t + this.#random(2, 18))
    }
    this.#push(which === 3 ? 'leave' : 'drop', t, device)
    return this.#join(t + (which === 4 ? this.#random(1, 9) : this.#random(12, 60)))
  }

  #goAway(device: string, t: number): void {
    const which = Math.floor(this.#random(0, 3))
    this.#push(which === 0 ? 'leave' : which === 1 ? 'drop' : 'silent', t, device)
    if (which === 2) this.#push('lost', t + 20, device)
  }

  #join(t: number): string {
    const device = `${this.#user}/${this.#devices++}`
    this.#push('join', t, device)
    return device
  }

  #push(kind: 'join' | 'leave' | 'drop' | 'silent' | 'lost' | 'say', t: number, device = ''): void {
    const user = this.#user
    this.#happenings.push(kind === 'say' ? { t, kind, user } : { t, kind, user, device })
  }
}
