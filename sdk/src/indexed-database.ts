import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Clock } from './clock.ts'

/** Browsers have left an opening without any answer, for as long as they ran. */
const OPENS_WITHIN_MS = 5_000

class NotOpened extends Error {
  override readonly name = 'NotOpened'
}

/** A database of this origin's, opened when it is first needed, and again after it was lost. */
export class IndexedDatabase<Schema extends DBSchema> {
  readonly #name: string
  readonly #version: number
  readonly #make: (database: IDBPDatabase<Schema>) => void
  readonly #clock: Clock
  #database: Promise<IDBPDatabase<Schema>> | undefined

  /** @param make makes its stores, in a database that was not there */
  constructor(name: string, version: number, make: (database: IDBPDatabase<Schema>) => void, clock: Clock) {
    this.#name = name
    this.#version = version
    this.#make = make
    this.#clock = clock
  }

  /** Browsers lose the connection to a database now and then (Safari in the background): then once more, on a new one. */
  async run<Result>(work: (database: IDBPDatabase<Schema>) => Promise<Result>): Promise<Result> {
    try {
      return await work(await this.#open())
    } catch (error) {
      // Nor will it answer the next who ask: they are told at once.
      if (error instanceof NotOpened) throw error
      this.close()
      return work(await this.#open())
    }
  }

  /** Until it is needed again. */
  close(): void {
    const database = this.#database
    this.#database = undefined
    database?.then(
      (opened) => opened.close(),
      () => undefined,
    )
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= this.#inTime(
      openDB<Schema>(this.#name, this.#version, {
        upgrade: (database) => this.#make(database),
        // A newer version of this program wants it in another tab: it may not be kept waiting.
        blocking: () => this.close(),
        terminated: () => this.close(),
      }),
    )
    return this.#database
  }

  #inTime(opening: Promise<IDBPDatabase<Schema>>): Promise<IDBPDatabase<Schema>> {
    const { promise, resolve, reject } = Promise.withResolvers<IDBPDatabase<Schema>>()
    let isLate = false
    const callOff = this.#clock.after(OPENS_WITHIN_MS, () => {
      isLate = true
      reject(new NotOpened(`IndexedDB has not opened within ${OPENS_WITHIN_MS} ms.`))
    })
    opening.finally(callOff).then((database) => (isLate ? database.close() : resolve(database)), reject)
    return promise
  }
}
