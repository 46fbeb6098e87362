import type { Link, LinkListener } from '../src/connection/link.ts'
import type { Network, NetworkListener } from '../src/connection/network.ts'
import { LecternError } from '../src/errors.ts'

/** A link whose server is the test; `done` is what the connection has done with it. */
export class ScriptedLink implements Link {
  readonly done: string[] = []
  readonly server: LinkListener

  constructor(listener: LinkListener) {
    this.server = listener
  }

  open(bearer: string | undefined): void {
    this.done.push(`open ${bearer}`)
  }

  drop(): void {
    this.done.push('drop')
  }

  leave(): void {
    this.done.push('leave')
  }

  check(): void {
    this.done.push('check')
  }

  emit(): Promise<never> {
    return Promise.reject(new LecternError('NETWORK', 'Nothing is sent here.'))
  }

  on(): () => void {
    return () => undefined
  }
}

/** A machine's network, as the test has it. */
export class ScriptedNetwork implements Network {
  #isOffline = false
  #listener: NetworkListener | undefined

  isOffline(): boolean {
    return this.#isOffline
  }

  watch(listener: NetworkListener): () => void {
    this.#listener = listener
    return () => {
      this.#listener = undefined
    }
  }

  get isWatched(): boolean {
    return this.#listener !== undefined
  }

  goOffline(): void {
    this.#isOffline = true
    this.#listener?.offline()
  }

  comeOnline(): void {
    this.#isOffline = false
    this.#listener?.online()
  }

  show(): void {
    this.#listener?.visible()
  }
}
