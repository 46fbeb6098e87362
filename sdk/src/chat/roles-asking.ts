import { LecternError } from '../errors.ts'
import { isOnline, type RoomContext } from './room-context.ts'

const AFTER_MS = 2_000
/** A class that arrives together does not ask together. */
const SPREAD_MS = 6_000

/** `chat:user_joined` does not say as what somebody comes: a while after it the list is asked for, once for all who came. */
export class RolesAsking {
  readonly #context: RoomContext
  #stopWaiting: (() => void) | undefined

  constructor(context: RoomContext) {
    this.#context = context
  }

  arrived(): void {
    const { clock, random } = this.#context.ports
    this.#stopWaiting ??= clock.after(AFTER_MS + SPREAD_MS * random(), () => this.#ask())
  }

  stop(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
  }

  #ask(): void {
    this.#stopWaiting = undefined
    const { courseId, ports } = this.#context
    if (!isOnline(this.#context)) return
    // The list comes as `chat:online_users`, in its order among the others' comings and goings.
    ports.transport.emit('chat:get_online_users', { courseId }).catch((error: unknown) => {
      if (!(error instanceof LecternError)) throw error
    })
  }
}
