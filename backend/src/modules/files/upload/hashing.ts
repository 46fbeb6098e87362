import { Worker } from 'node:worker_threads'
import { fileBeside } from '../../../shared/file-beside.ts'
import type { FromHashThread, ToHashThread } from './hashing.types.ts'

/** SHA-256 of bytes that come one after the other. */
export interface RunningHash {
  /** Resolves once the bytes are taken: they may be overwritten then. @throws Error when the thread has ended */
  update(bytes: Uint8Array): Promise<void>
  /** Lower-case hex; the hash is over then. @throws Error when the thread has ended */
  digest(): Promise<string>
  /** Goes on by itself from here. */
  copy(): RunningHash
}

const THREAD = fileBeside(import.meta.url, 'hash-thread')

/** Hashes in a thread of its own, which the first hash starts, so that the event loop only parses what comes in. */
export class Hashing {
  #thread: HashThread | undefined

  start(): RunningHash {
    if (this.#thread?.hasEnded !== false) this.#thread = new HashThread()
    return this.#thread.start()
  }

  async close(): Promise<void> {
    await this.#thread?.end()
  }
}

interface Waiting {
  readonly resolve: (sha256: string) => void
  readonly reject: (error: Error) => void
}

/** One thread, to its end: hashes that it was at are lost then, and say so. */
class HashThread {
  readonly #worker = new Worker(THREAD)
  /** Answers come in the order of the questions. */
  readonly #waiting: Waiting[] = []
  /** Hashes are let go in many places, at an upload's end or at its failure: the collector knows when for all of them. */
  readonly #dropped = new FinalizationRegistry<number>((hash) => this.#tell({ type: 'drop', hash }))
  #last = 0
  #ended: Error | undefined

  constructor() {
    let cause: unknown
    // What is under way holds the process, as its socket does; the thread alone does not.
    this.#worker.unref()
    this.#worker.on('error', (error) => {
      cause = error
    })
    this.#worker.on('message', ({ sha256 }: FromHashThread) => this.#waiting.shift()?.resolve(sha256))
    this.#worker.on('exit', () => {
      this.#ended = new Error('The thread that hashes has ended.', { cause })
      for (const { reject } of this.#waiting.splice(0)) reject(this.#ended)
    })
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined
  }

  start(): RunningHash {
    const hash = ++this.#last
    this.#tell({ type: 'open', hash })
    return this.#running(hash)
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #running(hash: number): RunningHash {
    const running: RunningHash = {
      update: async (bytes) => void (await this.#ask({ type: 'update', hash, bytes })),
      digest: () => this.#ask({ type: 'digest', hash }),
      copy: () => {
        const to = ++this.#last
        this.#tell({ type: 'copy', hash, to })
        return this.#running(to)
      },
    }
    this.#dropped.register(running, hash)
    return running
  }

  #tell(message: ToHashThread): void {
    this.#worker.postMessage(message)
  }

  async #ask(message: ToHashThread): Promise<string> {
    if (this.#ended !== undefined) throw this.#ended
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#tell(message)
    })
  }
}
