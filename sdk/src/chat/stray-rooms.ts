import { LecternError } from '../errors.ts'
import type { Transport } from '../ports.ts'

export interface StrayRoomsPorts {
  readonly transport: Transport
  /** Whether a room of this program is in it, or on its way out. */
  readonly isHeld: (courseId: string) => boolean
  /** The server has the person out of it. */
  readonly left: (courseId: string) => void
}

/**
 * Rooms that this connection is in and nobody looks at. The server keeps a dropped connection's rooms for who comes
 * back, and gives them back also to another page of the person, or where the room was left meanwhile. Who sits in such a
 * room is seen there, and told of no activity; so it is left.
 */
export class StrayRooms {
  readonly #ports: StrayRoomsPorts
  /** Left when there was no connection to say so. */
  readonly #unsaid = new Set<string>()
  readonly #leaving = new Set<string>()
  readonly #others = new Set<string>()

  constructor(ports: StrayRoomsPorts, signal: AbortSignal) {
    const { transport } = ports
    this.#ports = ports
    const hear = (event: { courseId: string }): void => this.#heardFrom(event.courseId)
    const hearMessage = (message: { course_id: string }): void => this.#heardFrom(message.course_id)
    const stops = [
      transport.onOnline(() => this.#online()),
      transport.on('chat:new_message', hearMessage),
      transport.on('chat:message_updated', hearMessage),
      transport.on('chat:message_deleted', hearMessage),
      transport.on('chat:user_joined', hear),
      transport.on('chat:user_left', hear),
      transport.on('chat:presence', hear),
      transport.on('chat:user_typing', hear),
    ]
    signal.addEventListener('abort', () => {
      for (const stop of stops) stop()
    })
  }

  /** Said on the next connection, unless somebody holds the room again by then. */
  leftUnsaid(courseId: string): void {
    this.#unsaid.add(courseId)
  }

  /** The program has joined it without this library's rooms: it stays in. */
  leaveAlone(courseId: string): void {
    this.#others.add(courseId)
  }

  #online(): void {
    const unsaid = [...this.#unsaid]
    this.#unsaid.clear()
    for (const courseId of unsaid) this.#heardFrom(courseId)
  }

  #heardFrom(courseId: string): void {
    if (this.#ports.isHeld(courseId) || this.#others.has(courseId) || this.#leaving.has(courseId)) return
    void this.#leave(courseId)
  }

  async #leave(courseId: string): Promise<void> {
    this.#leaving.add(courseId)
    try {
      await this.#ports.transport.emit('chat:leave_room', { courseId })
      this.#ports.left(courseId)
    } catch (error) {
      // What is heard from it next has it left again.
      if (!(error instanceof LecternError)) throw error
    } finally {
      this.#leaving.delete(courseId)
    }
  }
}
