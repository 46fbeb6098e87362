import type { Logger } from '../../shared/logger.ts'
import type { Storage } from './storage/storage.types.ts'

export interface DisposalPorts {
  readonly storage: Pick<Storage, 'delete'>
  readonly thumbnails: { forget(id: string): Promise<void> }
  readonly repository: { forgetUnwanted(ids: readonly string[]): Promise<void> }
  readonly logger: Logger
}

/** Notes that one write removes. */
const NOTES_AT_ONCE = 500

/** Bytes go after their record. What cannot be deleted now stays noted as unwanted, and is tried again at the next start. */
export class Disposal {
  readonly #ports: DisposalPorts

  constructor(ports: DisposalPorts) {
    this.#ports = ports
  }

  /** Never fails. @param ids of objects that are noted as unwanted */
  async dispose(ids: readonly string[]): Promise<void> {
    try {
      for (let at = 0; at < ids.length; at += NOTES_AT_ONCE) await this.#disposeAll(ids.slice(at, at + NOTES_AT_ONCE))
    } catch (error) {
      this.#ports.logger.warn({ err: error }, 'bytes of deleted files were not removed')
    }
  }

  async #disposeAll(ids: readonly string[]): Promise<void> {
    const { storage, thumbnails, repository } = this.#ports
    await storage.delete(ids)
    for (const id of ids) await thumbnails.forget(id)
    await repository.forgetUnwanted(ids)
  }
}
