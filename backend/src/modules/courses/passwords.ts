import { randomBytes } from 'node:crypto'
import { hash, type Options, verify } from '@node-rs/argon2'
import { unavailable } from '../../shared/errors.ts'

/** argon2id, the package's default; OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const PARAMETERS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of libuv's four threads, on which argon2 runs; the others stay for files and name resolution. */
const AT_ONCE = 2
const MOST_WAITING = 200

/** Hashes and checks passwords, few at a time: each takes 19 MiB and tens of milliseconds of a core. */
export class Passwords {
  /** Checked where there is no account, so that the answer takes as long. */
  readonly #nobodys: Promise<string> = hash(randomBytes(32), PARAMETERS)
  readonly #waiting: (() => void)[] = []
  readonly #mostWaiting: number
  #running = 0

  constructor(mostWaiting = MOST_WAITING) {
    this.#mostWaiting = mostWaiting
  }

  /** @throws AppError `UNAVAILABLE` when too many wait already */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, PARAMETERS))
  }

  /** @param known undefined where there is no account: then nothing matches, in the same time */
  matches(known: string | null | undefined, password: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const matched = await verify(known ?? (await this.#nobodys), password)
      return matched && known !== null && known !== undefined
    })
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= this.#mostWaiting) throw unavailable('Too many people sign in at this moment.')
    // Whoever ends hands its turn on, so that nobody who comes just then takes it before those who wait.
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running += 1
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}
