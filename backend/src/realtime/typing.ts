import { LIMITS } from '@lectern/protocol'

const TYPING_MS = LIMITS.typingSeconds * 1_000

export interface Typist {
  readonly userId: string
  readonly userName: string
}

/** Who is typing in one room. Only a beginning and an end are told, not each repeated start. */
export class Typing {
  readonly #changed: (typist: Typist, isTyping: boolean) => void
  readonly #running = new Map<string, { typist: Typist; timer: NodeJS.Timeout }>()

  constructor(changed: (typist: Typist, isTyping: boolean) => void) {
    this.#changed = changed
  }

  start(typist: Typist): void {
    const running = this.#running.get(typist.userId)
    if (running !== undefined) {
      running.timer.refresh()
      return
    }
    const timer = setTimeout(() => this.stop(typist.userId), TYPING_MS)
    this.#running.set(typist.userId, { typist, timer })
    this.#changed(typist, true)
  }

  stop(userId: string): void {
    const running = this.#running.get(userId)
    if (running === undefined) return
    clearTimeout(running.timer)
    this.#running.delete(userId)
    this.#changed(running.typist, false)
  }

  close(): void {
    for (const { timer } of this.#running.values()) clearTimeout(timer)
    this.#running.clear()
  }
}
