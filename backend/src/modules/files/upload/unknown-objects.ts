import type { Logger } from '../../../shared/logger.ts'
import type { Storage } from '../storage/storage.types.ts'
import type { UploadJournal } from './journal.repository.ts'

/** Ids that one question bears. */
const AT_ONCE = 500

export interface UnknownObjectsPorts {
  readonly storage: Pick<Storage, 'list'>
  readonly journal: Pick<UploadJournal, 'unknownAmong'>
  readonly logger: Logger
}

/** Objects that this database does not know: never removed, since a database may be the older of the two. */
export class UnknownObjects {
  readonly #ports: UnknownObjectsPorts
  #count = 0

  constructor(ports: UnknownObjectsPorts) {
    this.#ports = ports
  }

  /** As counted last. */
  get count(): number {
    return this.#count
  }

  /** Reads the whole store; never fails. */
  async look(): Promise<void> {
    const { logger } = this.#ports
    try {
      this.#count = await this.#counted()
      if (this.#count > 0) logger.warn({ objects: this.#count }, 'the storage holds objects that no record names')
    } catch (error) {
      logger.warn({ err: error }, 'objects were not counted')
    }
  }

  async #counted(): Promise<number> {
    let count = 0
    let ids: string[] = []
    for await (const { id } of this.#ports.storage.list()) {
      ids.push(id)
      if (ids.length < AT_ONCE) continue
      count += (await this.#ports.journal.unknownAmong(ids)).length
      ids = []
    }
    return ids.length === 0 ? count : count + (await this.#ports.journal.unknownAmong(ids)).length
  }
}
