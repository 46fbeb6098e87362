import type { Logger } from '../../../shared/logger.ts'
import { endWithoutFile, takeBack, type UploadTraces } from './ending.ts'
import type { JournalEntry } from './journal.repository.ts'

export interface SweepPorts extends UploadTraces {
  readonly logger: Logger
}

const EXPIRY_EVERY_MS = 600_000

/** Removes what uploads have left behind that became no file: what this database's journal names, and nothing else. */
export class Sweep {
  readonly #ports: SweepPorts
  #timer: NodeJS.Timeout | undefined

  constructor(ports: SweepPorts) {
    this.#ports = ports
  }

  /** Before the first request: whatever the journal holds then was interrupted. */
  async atStart(): Promise<void> {
    const entries = await this.#ports.journal.all()
    const ended = entries.filter((entry) => entry.kind !== 'tus' || this.#isExpired(entry))
    for (const entry of ended) await endWithoutFile(this.#ports, entry.id)
    // Where bytes had been stored when their record had not been made, they are waited for no more.
    for (const entry of entries) if (!ended.includes(entry)) await takeBack(this.#ports, entry.id)
    if (ended.length > 0) this.#ports.logger.info({ uploads: ended.length }, 'interrupted uploads removed')
  }

  /** Ends resumable uploads whose time is over. One that somebody is writing to is nobody's any more. */
  async expire(): Promise<void> {
    for (const { id } of await this.#ports.journal.expired(this.#ports.clock.now())) {
      await endWithoutFile(this.#ports, id)
    }
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.expire().catch((error: unknown) => this.#ports.logger.error({ err: error }, 'expired uploads not removed'))
    }, EXPIRY_EVERY_MS).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #isExpired({ expiresAt }: JournalEntry): boolean {
    return expiresAt !== null && expiresAt <= this.#ports.clock.now()
  }
}
