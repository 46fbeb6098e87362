import type { Readable } from '@lectern/client'
import type { UploadRefusal } from './upload-refusal.ts'

/** A file that somebody chose, and that is not sent. */
export interface RefusedFile {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly refusal: UploadRefusal
}

/** More than anybody reads; what is older goes. */
const MOST = 50

/** What was chosen and refused, until it is dismissed; newest last. */
export class RefusedFiles implements Readable<readonly RefusedFile[]> {
  readonly #listeners = new Set<() => void>()
  #files: readonly RefusedFile[] = []
  #next = 1

  getSnapshot(): readonly RefusedFile[] {
    return this.#files
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add({ name, size }: Pick<File, 'name' | 'size'>, refusal: UploadRefusal): void {
    this.#become([...this.#files, { id: this.#next, name, size, refusal }].slice(-MOST))
    this.#next += 1
  }

  dismiss(id: number): void {
    this.#become(this.#files.filter((file) => file.id !== id))
  }

  clear(): void {
    if (this.#files.length > 0) this.#become([])
  }

  #become(files: readonly RefusedFile[]): void {
    this.#files = files
    for (const listener of this.#listeners) listener()
  }
}
