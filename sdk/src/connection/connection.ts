import type { Clock } from '../clock.ts'
import type { Credential, Credentials } from '../credentials.ts'
import { LecternError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import type { Readable } from '../readable.ts'
import { Value } from '../value.ts'
import type { ConnectionState } from './connection-state.ts'
import type { Link, LinkListener } from './link.ts'
import type { Network } from './network.ts'
import { offlineDelay, type ReconnectPace, reconnectDelay, wakeDelay } from './reconnect-delay.ts'

export interface ConnectionPorts {
  readonly openLink: (listener: LinkListener) => Link
  readonly credentials: Pick<Credentials, 'current' | 'renew'>
  readonly network: Network
  readonly clock: Clock
  readonly random: () => number
  readonly pace: ReconnectPace
}

type Connecting = Extract<ConnectionState, { status: 'connecting' }>

/** From the token's fetching to the server's welcome. */
const TRY_MS = 20_000

/** Keeps a link open: says when to try, with which credentials, and when it is of no use. */
export class Connection {
  readonly link: Link
  readonly #ports: ConnectionPorts
  readonly #state = new Value<ConnectionState>({ status: 'idle' })
  readonly #online = new Listeners()
  readonly #unwatch: () => void
  /** What the try was made with; of a new try undefined, until it is known. */
  #credential: Credential | undefined
  #isRenewed = false
  /** Of the state that it is in, and ends with it. */
  #stopTimer: () => void = () => undefined

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
    // The first to hear of the state, so that who is told by `onOnline` emits before who watches the state.
    this.#state.subscribe(() => {
      if (this.#state.getSnapshot().status === 'online') this.#online.tell()
    })
    this.link = ports.openLink({
      opened: () => void this.#become({ status: 'online' }),
      failed: (error) => this.#failed(error),
      lost: (error) => this.#wait(1, error),
    })
    this.#unwatch = ports.network.watch({
      offline: () => this.#goOffline(),
      online: () => this.#comeOnline(),
      visible: () => this.#look(),
    })
  }

  get state(): Readable<ConnectionState> {
    return this.#state
  }

  /** What it was let in with. */
  get credential(): Credential | undefined {
    return this.#credential
  }

  /** Told each time it is up, before who watches the state. @returns stops telling */
  onOnline(listener: () => void): () => void {
    return this.#online.add(listener)
  }

  connect(): void {
    if (this.#state.getSnapshot().status === 'idle') this.#try(1)
  }

  /** Now, rather than when its time comes. */
  reconnect(): void {
    const state = this.#state.getSnapshot()
    if (state.status === 'waiting') this.#try(state.attempt)
    else if (state.status === 'idle' || state.status === 'refused') this.#try(1)
  }

  close(): void {
    if (this.#state.getSnapshot().status === 'closed') return
    this.#unwatch()
    this.link.leave()
    this.#become({ status: 'closed' })
  }

  #try(attempt: number): void {
    this.#credential = undefined
    this.#isRenewed = false
    const connecting = this.#become({ status: 'connecting', attempt })
    this.#stopTimer = this.#ports.clock.after(TRY_MS, () => {
      this.link.drop()
      this.#failed(new LecternError('TIMEOUT', 'The server did not answer in time.'))
    })
    void this.#openWith(connecting, this.#ports.credentials.current())
  }

  /** What comes of it counts only as long as the same try is under way. */
  async #openWith(connecting: Connecting, given: Promise<Credential>): Promise<void> {
    try {
      const credential = await given
      if (this.#state.getSnapshot() !== connecting) return
      this.#credential = credential
      this.link.open(credential.bearer)
    } catch (error) {
      if (this.#state.getSnapshot() === connecting) this.#ended(connecting, toLecternError(error))
    }
  }

  #failed(error: LecternError): void {
    const state = this.#state.getSnapshot()
    if (state.status !== 'connecting') return
    const refused = this.#credential
    if (error.code !== 'UNAUTHENTICATED' || this.#isRenewed || refused === undefined) {
      this.#ended(state, error)
      return
    }
    this.#isRenewed = true
    void this.#openWith(state, this.#renewed(refused, error))
  }

  async #renewed(refused: Credential, error: LecternError): Promise<Credential> {
    const newer = await this.#ports.credentials.renew(refused)
    if (newer === undefined) throw error
    return newer
  }

  #ended({ attempt }: Connecting, error: LecternError): void {
    if (isFinal(error)) this.#become({ status: 'refused', error })
    else this.#wait(attempt + 1, error)
  }

  #wait(attempt: number, error: LecternError): void {
    const { clock, network, pace, random } = this.#ports
    const offline = network.isOffline()
    const delay = offline ? offlineDelay(pace, random) : reconnectDelay(attempt, pace, random)
    this.#retryIn(delay + (error.retryAfterMs ?? 0), { attempt, offline, error, now: clock.now() })
  }

  #retryIn(
    delay: number,
    { now, ...waiting }: { attempt: number; offline: boolean; error: LecternError; now: number },
  ) {
    this.#become({ status: 'waiting', ...waiting, retryAt: now + delay })
    this.#stopTimer = this.#ports.clock.after(delay, () => this.#try(waiting.attempt))
  }

  /** The system knows sooner than a missing ping. */
  #goOffline(): void {
    const state = this.#state.getSnapshot()
    const error = new LecternError('NETWORK', 'There is no network.')
    if (state.status === 'online' || state.status === 'connecting') this.link.drop()
    if (state.status === 'online') this.#wait(1, error)
    else if (state.status === 'connecting' || state.status === 'waiting') this.#wait(state.attempt, error)
  }

  #comeOnline(): void {
    const state = this.#state.getSnapshot()
    this.link.check()
    if (state.status !== 'waiting' || !state.offline) return
    const { clock, pace, random } = this.#ports
    this.#retryIn(wakeDelay(pace, random), { ...state, offline: false, now: clock.now() })
  }

  #look(): void {
    this.link.check()
    const state = this.#state.getSnapshot()
    if (state.status === 'waiting' && !state.offline) this.#try(state.attempt)
  }

  #become<State extends ConnectionState>(state: State): State {
    this.#stopTimer()
    this.#stopTimer = () => undefined
    this.#state.set(state)
    return state
  }
}

/** `FORBIDDEN` is the cookie's of a page whose origin the server does not know: no waiting changes that. */
const isFinal = ({ code }: LecternError): boolean => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN'

const toLecternError = (error: unknown): LecternError =>
  error instanceof LecternError ? error : new LecternError('INTERNAL', 'The client failed.', { cause: error })
