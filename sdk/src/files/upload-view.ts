import type { FileRecord } from '@lectern/protocol'
import type { Upload, UploadState, UploadTarget } from './uploads.types.ts'

/** What a view is of. */
export interface Viewed {
  readonly facts: Pick<Upload, 'id' | 'name' | 'size' | 'type' | 'target' | 'startedAt'>
  pause(): void
  resume(): void
  cancel(): void
  retry(): void
  dismiss(): void
  resumeWith(file: File): boolean
  finished(): Promise<FileRecord>
}

/** An upload at one moment. */
export class UploadView implements Upload {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly type: string
  readonly target: UploadTarget
  readonly startedAt: string
  readonly state: UploadState
  readonly #viewed: Viewed

  constructor(viewed: Viewed, state: UploadState) {
    const { facts } = viewed
    this.id = facts.id
    this.name = facts.name
    this.size = facts.size
    this.type = facts.type
    this.target = facts.target
    this.startedAt = facts.startedAt
    this.state = state
    this.#viewed = viewed
  }

  pause(): void {
    this.#viewed.pause()
  }

  resume(): void {
    this.#viewed.resume()
  }

  cancel(): void {
    this.#viewed.cancel()
  }

  retry(): void {
    this.#viewed.retry()
  }

  dismiss(): void {
    this.#viewed.dismiss()
  }

  resumeWith(file: File): boolean {
    return this.#viewed.resumeWith(file)
  }

  finished(): Promise<FileRecord> {
    return this.#viewed.finished()
  }
}
