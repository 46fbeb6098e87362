import type { Connection } from './connection.ts'

/** The connections of this node, by person and by the course that the person is enrolled in. */
export class People {
  readonly #connections = new Map<string, Set<Connection>>()
  readonly #enrolled = new Map<string, Set<Connection>>()
  readonly #coursesOf = new Map<Connection, Set<string>>()
  #emptied: (() => void) | undefined

  get connectionCount(): number {
    return this.#coursesOf.size
  }

  add(connection: Connection): void {
    addTo(this.#connections, connection.actor.userId, connection)
    this.#coursesOf.set(connection, new Set())
  }

  remove(connection: Connection): void {
    removeFrom(this.#connections, connection.actor.userId, connection)
    for (const courseId of this.#coursesOf.get(connection) ?? []) removeFrom(this.#enrolled, courseId, connection)
    this.#coursesOf.delete(connection)
    if (this.connectionCount === 0) this.#emptied?.()
  }

  /** Resolves when nobody is left, or after `ms`. */
  async emptied(ms: number): Promise<void> {
    if (this.connectionCount === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    this.#emptied = resolve
    await promise
    clearTimeout(timer)
  }

  of(userId: string): Connection[] {
    return [...(this.#connections.get(userId) ?? [])]
  }

  countOf(userId: string): number {
    return this.#connections.get(userId)?.size ?? 0
  }

  all(): Connection[] {
    return [...this.#coursesOf.keys()]
  }

  /** Nothing happens for a connection that has gone meanwhile. */
  enrol(connection: Connection, courseId: string): void {
    const courses = this.#coursesOf.get(connection)
    if (courses === undefined) return
    courses.add(courseId)
    addTo(this.#enrolled, courseId, connection)
  }

  unenrol(connection: Connection, courseId: string): void {
    this.#coursesOf.get(connection)?.delete(courseId)
    removeFrom(this.#enrolled, courseId, connection)
  }

  enrolledIn(courseId: string): Connection[] {
    return [...(this.#enrolled.get(courseId) ?? [])]
  }

  coursesOf(connection: Connection): string[] {
    return [...(this.#coursesOf.get(connection) ?? [])]
  }
}

function addTo(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const connections = index.get(key)
  if (connections === undefined) index.set(key, new Set([connection]))
  else connections.add(connection)
}

function removeFrom(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const connections = index.get(key)
  if (connections === undefined) return
  connections.delete(connection)
  if (connections.size === 0) index.delete(key)
}
