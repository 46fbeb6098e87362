import { Worker } from 'node:worker_threads'
import { unavailable } from '../../shared/errors.ts'
import { type FromThread, revivedError, revivedOutcome, type ThreadData, type ToThread } from './messages.ts'

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** One worker thread, from its start to its end. */
export class Thread<Request, Hello> {
  readonly hello: Hello
  /** Resolves when it has ended: with the error that ended it, if one did. */
  readonly ended: Promise<Error | undefined>
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  #lastId = 0
  #hasEnded = false

  /**
   * @param url the file it runs
   * @throws StartError what the thread refuses to start for; Error when it cannot start
   */
  static async start<Request, Hello>(url: URL, data: ThreadData): Promise<Thread<Request, Hello>> {
    const worker = new Worker(url, { workerData: data })
    const hello = await new Promise<Hello>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The thread ended before it was ready.')))
      worker.once('message', (message: FromThread<Hello>) => {
        if (message.type === 'ready') resolve(message.hello)
        else if (message.type === 'refused') reject(revivedError(message.error))
      })
    })
    return new Thread<Request, Hello>(worker, hello)
  }

  private constructor(worker: Worker, hello: Hello) {
    this.#worker = worker
    this.hello = hello
    let failure: Error | undefined
    worker.on('error', (error: Error) => {
      failure = error
    })
    worker.on('message', (message: FromThread<Hello>) => {
      if (message.type === 'reply') this.#settle(message.id, revivedOutcome(message.outcome))
    })
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#hasEnded = true
        for (const { reject } of this.#pending.values()) reject(unavailable('The database has just been restarted.'))
        this.#pending.clear()
        resolve(failure)
      })
    })
  }

  /** It has been asked for something, whether or not it answered. */
  get used(): boolean {
    return this.#lastId > 0
  }

  /**
   * @throws AppError `UNAVAILABLE` when the thread ends first: whether the work was done is then unknown
   * @throws DOMException `DataCloneError` when the request cannot travel
   */
  async request(request: Request): Promise<unknown> {
    if (this.#hasEnded) throw unavailable('The database has just been restarted.')
    const id = ++this.#lastId
    const message: ToThread<Request> = { type: 'request', id, request }
    this.#worker.postMessage(message)
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }))
  }

  /** Lets it finish what it was asked for, then ends it. */
  async close(): Promise<void> {
    const message: ToThread<Request> = { type: 'close' }
    this.#worker.postMessage(message)
    await this.ended
  }

  #settle(id: number, outcome: { ok: true; value: unknown } | { ok: false; error: Error }): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (outcome.ok) pending?.resolve(outcome.value)
    else pending?.reject(outcome.error)
  }
}
