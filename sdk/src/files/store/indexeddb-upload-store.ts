import type { DBSchema, IDBPDatabase } from 'idb'
import { type Clock, systemClock } from '../../clock.ts'
import { IndexedDatabase } from '../../indexed-database.ts'
import { Listeners } from '../../listeners.ts'
import { alone } from '../../outbox/alone.ts'
import type { StoredUpload, UploadStore } from './upload-store.ts'

/** Of the database and of the channel on which tabs tell each other, and the beginning of the locks' names. */
const NAME = 'lectern-uploads'
const VERSION = 1
const UPLOADS = 'uploads'
const FILES = 'files'

/** Files have a store of their own: what is written to an upload's entry does not write hundreds of megabytes again. */
interface Schema extends DBSchema {
  [UPLOADS]: { key: string; value: StoredUpload; indexes: { userId: string } }
  [FILES]: { key: string; value: Blob }
}

const byAge = (one: StoredUpload, other: StoredUpload): number =>
  one.startedAt < other.startedAt ? -1 : Number(one.startedAt > other.startedAt)

/** Keeps what is begun in this origin's IndexedDB, where it survives a reload. */
export class IndexedDbUploadStore implements UploadStore {
  readonly #changes = new Listeners<[string | undefined]>()
  readonly #channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME)
  readonly #database: IndexedDatabase<Schema>

  constructor(clock: Clock = systemClock) {
    this.#database = new IndexedDatabase(NAME, VERSION, makeStores, clock)
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
      this.#changes.tell(typeof data === 'string' ? data : undefined),
    )
  }

  static isAvailable(): boolean {
    return typeof indexedDB !== 'undefined'
  }

  async list(userId: string, endpoint: string): Promise<readonly StoredUpload[]> {
    const uploads = await this.#database.run((database) => database.getAllFromIndex(UPLOADS, 'userId', userId))
    return uploads.filter((upload) => upload.endpoint === endpoint).sort(byAge)
  }

  get(id: string): Promise<StoredUpload | undefined> {
    return this.#database.run((database) => database.get(UPLOADS, id))
  }

  async add(upload: StoredUpload): Promise<void> {
    await this.#database.run((database) => database.put(UPLOADS, upload))
    this.#channel?.postMessage(null)
  }

  async update(upload: StoredUpload): Promise<void> {
    await this.#database.run(async (database) => {
      const { store, done } = database.transaction(UPLOADS, 'readwrite')
      const isThere = (await store.getKey(upload.id)) !== undefined
      await Promise.all([isThere && store.put(upload), done])
    })
  }

  file(id: string): Promise<Blob | undefined> {
    return this.#database.run((database) => database.get(FILES, id))
  }

  async setFile(id: string, file: Blob): Promise<void> {
    await this.#database.run((database) => database.put(FILES, file, id))
  }

  async remove(id: string): Promise<void> {
    await this.#database.run(async (database) => {
      const transaction = database.transaction([UPLOADS, FILES], 'readwrite')
      await Promise.all([
        transaction.objectStore(UPLOADS).delete(id),
        transaction.objectStore(FILES).delete(id),
        transaction.done,
      ])
    })
    this.#channel?.postMessage(id)
  }

  onChange(listener: (removed: string | undefined) => void): () => void {
    return this.#changes.add(listener)
  }

  async alone(id: string, signal: AbortSignal, work: () => Promise<void>, busy: () => void): Promise<void> {
    const locks: LockManager | undefined = globalThis.navigator?.locks
    const name = `${NAME}:${id}`
    const isFree = async (lock: Lock | null) => {
      if (lock !== null) await work()
      return lock !== null
    }
    const request = locks?.request(name, { ifAvailable: true }, isFree)
    const hadItsTurn = (await request?.catch(() => false)) ?? false
    if (hadItsTurn || signal.aborted) return
    if (locks !== undefined) busy()
    await alone(name, signal, work)
  }

  close(): void {
    this.#channel?.close()
    this.#changes.clear()
    this.#database.close()
  }
}

function makeStores(database: IDBPDatabase<Schema>): void {
  database.createObjectStore(UPLOADS, { keyPath: 'id' }).createIndex('userId', 'userId')
  database.createObjectStore(FILES)
}
