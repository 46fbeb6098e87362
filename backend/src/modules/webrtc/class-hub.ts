import { Broadcast } from '../../realtime/broadcast.ts'
import type { ClassConnection, Emission } from './webrtc.types.ts'

/** The connections of this node, and the classes that each has asked for. */
export class ClassHub {
  readonly #connections = new Map<string, ClassConnection>()
  readonly #sessions = new Map<string, Set<string>>()

  add(connection: ClassConnection): void {
    this.#connections.set(connection.id, connection)
  }

  /** @returns the classes that it may be in */
  remove(connection: ClassConnection): string[] {
    const sessions = this.sessionsOf(connection)
    this.#connections.delete(connection.id)
    this.#sessions.delete(connection.id)
    return sessions
  }

  /** It is about to be in this class. @returns whether it was not before */
  joins(connection: ClassConnection, sessionId: string): boolean {
    const sessions = this.#sessions.get(connection.id) ?? new Set()
    const isNew = !sessions.has(sessionId)
    this.#sessions.set(connection.id, sessions.add(sessionId))
    return isNew
  }

  /** It is in this class no more, or was not let in. */
  parts(connection: ClassConnection, sessionId: string): void {
    const sessions = this.#sessions.get(connection.id)
    sessions?.delete(sessionId)
    if (sessions?.size === 0) this.#sessions.delete(connection.id)
  }

  sessionsOf(connection: ClassConnection): string[] {
    return [...(this.#sessions.get(connection.id) ?? [])]
  }

  connection(id: string): ClassConnection | undefined {
    return this.#connections.get(id)
  }

  /** Those that may be in a class. */
  *inClasses(): Generator<ClassConnection> {
    for (const id of this.#sessions.keys()) {
      const connection = this.#connections.get(id)
      if (connection !== undefined) yield connection
    }
  }

  deliver({ to, event, payload }: Emission): void {
    const broadcast = new Broadcast(event, payload)
    for (const id of to) this.#connections.get(id)?.send(broadcast)
  }
}
