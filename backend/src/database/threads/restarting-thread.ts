import { unavailable } from '../../shared/errors.ts'
import type { ThreadData } from './messages.ts'
import { Thread } from './thread.ts'

export interface ThreadLogger {
  error(fields: object, message: string): void
}

export interface ThreadOptions {
  readonly name: string
  readonly url: URL
  readonly data: ThreadData
  readonly logger: ThreadLogger
}

/**
 * A thread that is started anew when it ends by itself. What it was doing then is rejected, what comes after waits for
 * the new one. Not started before its first request, it is started by that.
 */
export class RestartingThread<Request, Hello> {
  readonly #options: ThreadOptions
  #thread: Promise<Thread<Request, Hello> | undefined> | undefined
  #ready = true
  #closing = false

  constructor(options: ThreadOptions) {
    this.#options = options
  }

  /** @throws StartError what the thread refuses to start for; Error when it cannot start */
  async start(): Promise<Hello> {
    const thread = await this.#begin()
    this.#thread = Promise.resolve(thread)
    return thread.hello
  }

  /** Starts it ahead of its first request. Resolves also when it could not be started: the request will say so. */
  async warmUp(): Promise<void> {
    this.#thread ??= this.#beginOrGiveUp()
    await this.#thread
  }

  /** False from the end of a thread until another runs. */
  get ready(): boolean {
    return this.#ready
  }

  /** @throws AppError `UNAVAILABLE` when the thread ends first, or none could be started */
  async request(request: Request): Promise<unknown> {
    this.#thread ??= this.#beginOrGiveUp()
    const thread = await this.#thread
    if (thread === undefined) throw unavailable('The database does not answer.')
    return thread.request(request)
  }

  async close(): Promise<void> {
    this.#closing = true
    const thread = await this.#thread
    await thread?.close()
  }

  async #begin(): Promise<Thread<Request, Hello>> {
    const thread = await Thread.start<Request, Hello>(this.#options.url, this.#options.data)
    this.#ready = true
    void thread.ended.then((err) => {
      if (!this.#closing) this.#replace(thread, err)
    })
    return thread
  }

  #replace(thread: Thread<Request, Hello>, err: Error | undefined): void {
    const { name, logger } = this.#options
    this.#ready = false
    // One that ends without having been asked for anything would end again at once, and for ever.
    if (!thread.used) {
      this.#thread = Promise.resolve(this.#giveUp(err))
      return
    }
    logger.error({ err, thread: name }, 'A database thread ended; starting it anew.')
    this.#thread = this.#beginOrGiveUp()
  }

  async #beginOrGiveUp(): Promise<Thread<Request, Hello> | undefined> {
    try {
      return await this.#begin()
    } catch (err) {
      return this.#giveUp(err)
    }
  }

  #giveUp(err: unknown): undefined {
    const { name, logger } = this.#options
    this.#ready = false
    logger.error(
      { err, thread: name },
      'A database thread cannot be started: the server is not ready until it is restarted.',
    )
  }
}
