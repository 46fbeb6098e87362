import { LecternError } from '../errors.ts'

export interface Flags {
  readonly audio: boolean
  readonly video: boolean
}

export interface OwnFlagsPorts {
  /** What is so. */
  readonly actual: () => Flags
  /** What the server has; undefined while nothing can be told it. */
  readonly told: () => Flags | undefined
  /** Tells it of one, and takes the answer in. @throws LecternError */
  readonly tell: (flag: keyof Flags, enabled: boolean) => Promise<unknown>
  readonly refused: (flag: keyof Flags, error: LecternError) => void
  readonly after: (ms: number, act: () => void) => () => void
}

const AGAIN_MS = 1_000

/** Keeps what the server says of one's microphone and camera in step with what they are, one event at a time. */
export class OwnFlags {
  readonly #ports: OwnFlagsPorts
  #isTelling = false
  #stopTimer: () => void = () => undefined

  constructor(ports: OwnFlagsPorts) {
    this.#ports = ports
  }

  /** Something of it is another now. */
  check(): void {
    if (!this.#isTelling) void this.#run()
  }

  stop(): void {
    this.#stopTimer()
  }

  async #run(): Promise<void> {
    this.#isTelling = true
    for (let flag = this.#next(); flag !== undefined; flag = this.#next()) {
      if (!(await this.#tell(flag))) break
    }
    this.#isTelling = false
  }

  #next(): keyof Flags | undefined {
    const { actual, told } = this.#ports
    const known = told()
    if (known === undefined) return undefined
    const is = actual()
    if (is.audio !== known.audio) return 'audio'
    return is.video === known.video ? undefined : 'video'
  }

  /** @returns whether to go on at once */
  async #tell(flag: keyof Flags): Promise<boolean> {
    const { actual, after, refused, tell } = this.#ports
    try {
      await tell(flag, actual()[flag])
      return true
    } catch (error) {
      if (!(error instanceof LecternError)) throw error
      if (!error.shouldRetry()) {
        refused(flag, error)
        return false
      }
      // What was not told for want of a connection is told after the next join, which checks.
      this.#stopTimer()
      this.#stopTimer = after(error.retryAfterMs ?? AGAIN_MS, () => this.check())
      return false
    }
  }
}
