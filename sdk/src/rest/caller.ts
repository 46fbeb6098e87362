import type { Clock } from '../clock.ts'
import type { Credentials } from '../credentials.ts'
import { LecternError } from '../errors.ts'
import { type ReceivedAnswer, readAnswer } from './answer.ts'
import { type RequestInput, toRequest } from './request.ts'
import { retryDelay } from './retry.ts'

export interface CallerPorts {
  readonly url: string
  readonly credentials: Credentials
  readonly clock: Clock
  readonly random: () => number
  readonly timeoutMs: number
}

type Input = RequestInput & { readonly signal?: AbortSignal }

export class Caller {
  readonly #ports: CallerPorts

  constructor(ports: CallerPorts) {
    this.#ports = ports
  }

  /**
   * @param isOpen whether it needs no identity
   * @throws LecternError; an aborted call: the signal's reason
   */
  async call(endpoint: string, input: Input, isOpen: boolean): Promise<ReceivedAnswer> {
    const once = () => (isOpen ? this.#send(endpoint, input) : this.#sendAsCaller(endpoint, input))
    if (!endpoint.startsWith('GET ')) return once()
    for (let tries = 1; ; tries++) {
      try {
        return await once()
      } catch (error) {
        const delay = retryDelay(error, tries, this.#ports.random)
        if (delay === undefined) throw error
        await this.#pause(delay, input.signal)
      }
    }
  }

  async #sendAsCaller(endpoint: string, input: Input): Promise<ReceivedAnswer> {
    const { credentials } = this.#ports
    const credential = await credentials.current()
    try {
      return await this.#send(endpoint, input, credential.bearer)
    } catch (error) {
      if (!(error instanceof LecternError) || error.code !== 'UNAUTHENTICATED') throw error
      const newer = await credentials.renew(credential)
      if (newer === undefined) throw error
      return this.#send(endpoint, input, newer.bearer)
    }
  }

  async #send(endpoint: string, { signal, ...input }: Input, bearer?: string): Promise<ReceivedAnswer> {
    const { url, timeoutMs } = this.#ports
    const request = toRequest(url, endpoint, input, bearer)
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const both = signal === undefined ? timeout : AbortSignal.any([signal, timeout])
      return await readAnswer(await fetch(request.url, { ...request.init, signal: both }))
    } catch (error) {
      signal?.throwIfAborted()
      throw error instanceof LecternError ? error : unanswered(error, timeout.aborted)
    }
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    const { promise, resolve } = Promise.withResolvers<void>()
    const wake = (): void => resolve()
    const callOff = this.#ports.clock.after(ms, wake)
    signal?.addEventListener('abort', wake)
    await promise
    callOff()
    signal?.removeEventListener('abort', wake)
    signal?.throwIfAborted()
  }
}

const unanswered = (cause: unknown, isTimeout: boolean): LecternError =>
  isTimeout
    ? new LecternError('TIMEOUT', 'The server did not answer in time.', { cause })
    : new LecternError('NETWORK', 'The server cannot be reached.', { cause })
