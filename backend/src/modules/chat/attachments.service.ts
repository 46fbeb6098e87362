import type { Logger } from '../../shared/logger.ts'
import type { AttachmentRepository } from './attachments.repository.ts'
import type { ChangePublisher } from './chat.types.ts'

export interface AttachmentPorts {
  readonly repository: AttachmentRepository
  readonly publisher: Pick<ChangePublisher, 'publish'>
  readonly logger: Logger
}

/** What happens to a file shows in the messages that bear it. */
export class Attachments {
  readonly #ports: AttachmentPorts

  constructor(ports: AttachmentPorts) {
    this.#ports = ports
  }

  coursesShowing(fileId: string): Promise<readonly string[]> {
    return this.#ports.repository.coursesShowing(fileId)
  }

  /** Tells every change that has not been told, those that a crash left behind too. Never fails. */
  async tellChanges(): Promise<void> {
    const { repository, publisher, logger } = this.#ports
    try {
      for (;;) {
        const told = await repository.takeFileChange()
        if (told === undefined) return
        for (const message of told) publisher.publish('updated', message)
      }
    } catch (error) {
      logger.error({ err: error }, 'messages were not told of a change of their file')
    }
  }
}
