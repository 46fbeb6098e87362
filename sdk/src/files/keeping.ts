import type { StoredUpload, UploadStore } from './store/upload-store.ts'

/**
 * One upload's entry in the store, written in the order in which things happened. A store that fails keeps no upload from
 * going on: it then lives as long as its page.
 */
export class Keeping {
  readonly #store: UploadStore
  readonly #id: string
  #tail: Promise<unknown> = Promise.resolve()
  /** A large file takes its time: what happens meanwhile is stored without waiting for it. */
  #filing: Promise<unknown> = Promise.resolve()
  #isKept: boolean

  /** @param isKept whether it is in the store already */
  constructor(store: UploadStore, id: string, isKept: boolean) {
    this.#store = store
    this.#id = id
    this.#isKept = isKept
  }

  get isKept(): boolean {
    return this.#isKept
  }

  add(upload: StoredUpload, file: Blob | undefined): void {
    this.#isKept = true
    this.#inTurn(async () => {
      try {
        await this.#store.add(upload)
      } catch {
        this.#isKept = false
      }
    })
    if (file !== undefined) this.setFile(file)
  }

  update(upload: StoredUpload): void {
    this.#inTurn(() => this.#store.update(upload))
  }

  /** Without room for it (`QuotaExceededError`), the person chooses it again after a reload. */
  setFile(file: Blob): void {
    const added = this.#tail
    this.#filing = this.#filing
      .then(() => added)
      .then(() => (this.#isKept ? this.#store.setFile(this.#id, file) : undefined))
      .catch(() => undefined)
  }

  remove(): void {
    this.#isKept = false
    this.#inTurn(async () => {
      await this.#filing
      await this.#store.remove(this.#id)
    })
  }

  /** Resolves once all is written, its file included. */
  async settled(): Promise<void> {
    await Promise.all([this.#tail, this.#filing])
  }

  #inTurn(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(work).catch(() => undefined)
  }
}
