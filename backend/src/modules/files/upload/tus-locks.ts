import type { Lock, Locker, RequestRelease } from '@tus/server'

/** How long a request that ends another waits until it has ended. */
const RELEASE_MS = 10_000

interface Holder {
  readonly release: RequestRelease
  readonly ended: PromiseWithResolvers<void>
}

/** What the tus server throws and tells. */
export const LOCKED = { status_code: 423, body: 'Another request is writing to this upload.' } as const

/**
 * One request at a time for each upload. Whoever asks how far it is, or ends it, comes first: the connection of the
 * request that writes may be dead without anybody knowing, and then its client asks over a new one.
 */
export class UploadLocks {
  readonly #holders = new Map<string, Holder>()

  /** @param preempts whether a request that holds the lock is asked to end */
  locker(preempts: boolean): Locker {
    return { newLock: (id) => this.#lock(id, preempts) }
  }

  /** Locking throws `LOCKED`. */
  #lock(id: string, preempts: boolean): Lock {
    return {
      lock: async (_signal, release) => {
        const deadline = AbortSignal.timeout(RELEASE_MS)
        // Whoever has waited looks again: of several that one end has woken, one is the next to hold it.
        for (let holder = this.#holders.get(id); holder !== undefined; holder = this.#holders.get(id)) {
          if (!preempts || deadline.aborted) throw LOCKED
          await holder.release()
          await Promise.race([holder.ended.promise, aborted(deadline)])
        }
        this.#holders.set(id, { release, ended: Promise.withResolvers() })
      },
      unlock: async () => {
        const holder = this.#holders.get(id)
        this.#holders.delete(id)
        holder?.ended.resolve()
      },
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
