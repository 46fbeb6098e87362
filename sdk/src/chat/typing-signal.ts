import { LIMITS } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import type { RoomContext } from './room-context.ts'

const EVERY_MS = 3_000
/** After it the server ends it by itself. */
const LASTS_MS = LIMITS.typingSeconds * 1_000

/** Tells the others that one types. That it could not be told is no harm. */
export class TypingSignal {
  readonly #context: RoomContext
  #saidAt: number | undefined

  constructor(context: RoomContext) {
    this.#context = context
  }

  typing(): void {
    const now = this.#context.ports.clock.now()
    if (this.#saidAt !== undefined && now - this.#saidAt < EVERY_MS) return
    if (this.#context.store.getSnapshot().status.kind !== 'live') return
    this.#saidAt = now
    this.#say('chat:typing_start')
  }

  stop(): void {
    const saidAt = this.#saidAt
    this.#saidAt = undefined
    if (saidAt !== undefined && this.#context.ports.clock.now() - saidAt < LASTS_MS) this.#say('chat:typing_stop')
  }

  /** The server has ended it: a message was sent, or the connection is gone. */
  ended(): void {
    this.#saidAt = undefined
  }

  #say(event: 'chat:typing_start' | 'chat:typing_stop'): void {
    const { courseId, ports } = this.#context
    ports.transport.emit(event, { courseId }).catch((error: unknown) => {
      if (!(error instanceof LecternError)) throw error
    })
  }
}
