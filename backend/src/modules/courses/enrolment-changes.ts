import type { EnrolmentEvents } from './courses.types.ts'

/** What every committed change of enrolments goes through: what is remembered of the course goes first, then others hear of it. */
export class EnrolmentChanges implements EnrolmentEvents {
  readonly #access: { invalidate(courseId: string): void }
  readonly #listeners: readonly EnrolmentEvents[]

  constructor(access: { invalidate(courseId: string): void }, listeners: readonly EnrolmentEvents[]) {
    this.#access = access
    this.#listeners = listeners
  }

  async removed(courseId: string, userIds: readonly string[]): Promise<void> {
    await this.#announce(courseId, (listener) => listener.removed(courseId, userIds))
  }

  async changed(courseId: string, userIds: readonly string[]): Promise<void> {
    await this.#announce(courseId, (listener) => listener.changed(courseId, userIds))
  }

  async archived(courseId: string): Promise<void> {
    await this.#announce(courseId, (listener) => listener.archived(courseId))
  }

  async restored(courseId: string): Promise<void> {
    await this.#announce(courseId, (listener) => listener.restored(courseId))
  }

  async #announce(courseId: string, tell: (listener: EnrolmentEvents) => Promise<void> | void): Promise<void> {
    this.#access.invalidate(courseId)
    for (const listener of this.#listeners) await tell(listener)
  }
}
