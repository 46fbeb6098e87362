import { LecternError } from '../errors.ts'
import { Value } from '../value.ts'
import type {
  Classroom,
  ClassroomOptions,
  ClassroomState,
  JoinOptions,
  LeftReason,
  LocalMedia,
} from './classroom.types.ts'
import { foldEvent, foldPerson } from './classroom-fold.ts'
import type { ClassPorts } from './ports.ts'
import { Stay } from './stay.ts'

export interface LiveClassroomOptions {
  readonly sessionId: string
  readonly media: LocalMedia
  readonly options: ClassroomOptions
  readonly ports: ClassPorts
}

export class LiveClassroom implements Classroom {
  readonly sessionId: string
  readonly media: LocalMedia
  readonly getSnapshot: () => ClassroomState
  readonly subscribe: (listener: () => void) => () => void
  readonly #options: LiveClassroomOptions
  readonly #state = new Value<ClassroomState>({ status: 'idle' })
  #stay: Stay | undefined
  #isClosed = false
  #isTelling = false

  constructor(options: LiveClassroomOptions) {
    this.sessionId = options.sessionId
    this.media = options.media
    this.#options = options
    this.getSnapshot = this.#state.getSnapshot
    this.subscribe = this.#state.subscribe
  }

  async join(join: JoinOptions = {}): Promise<void> {
    if (this.#isClosed) throw new LecternError('CLOSED', 'The classroom was closed.')
    this.#stay ??= this.#begin(join)
    await this.#stay.entered.promise
  }

  async leave(): Promise<void> {
    await this.#stay?.leave()
  }

  async shareScreen(): Promise<void> {
    await this.#present.shareScreen()
  }

  async stopSharing(): Promise<void> {
    await this.#stay?.stopSharing()
  }

  async raiseHand(userId = this.#present.you.userId): Promise<void> {
    const { sessionId } = this
    const { raisedAt } = await this.#transport.emit('webrtc:raise_hand', { sessionId, ...this.#other(userId) })
    this.#stay?.fold((state) => foldEvent(state, 'webrtc:hand_raised', { sessionId, userId, raisedAt }))
  }

  async lowerHand(userId = this.#present.you.userId): Promise<void> {
    await this.#transport.emit('webrtc:lower_hand', { sessionId: this.sessionId, ...this.#other(userId) })
    this.#stay?.fold((state) => foldPerson(state, userId, { handRaisedAt: null }))
  }

  async mute(userId: string): Promise<void> {
    await this.#transport.emit('webrtc:mute_participant', { sessionId: this.sessionId, userId })
    this.#stay?.fold((state) => foldPerson(state, userId, { audio: false }))
  }

  async remove(userId: string, { ban = false }: { readonly ban?: boolean } = {}): Promise<void> {
    await this.#transport.emit('webrtc:remove_participant', { sessionId: this.sessionId, userId, ban })
  }

  async lock(locked: boolean): Promise<void> {
    const { sessionId } = this
    await this.#transport.emit('webrtc:lock_session', { sessionId, locked })
    const by = this.#present.you.userId
    this.#stay?.fold((state) => foldEvent(state, 'webrtc:session_locked', { sessionId, locked, by }))
  }

  acknowledge(): void {
    this.media.acknowledge()
    this.#stay?.acknowledge()
  }

  close(): void {
    this.#isClosed = true
    void this.leave()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  get #transport() {
    return this.#options.ports.transport
  }

  /** @throws LecternError `CONFLICT` where one has not asked to be let in, or has left */
  get #present(): Stay {
    if (this.#stay !== undefined) return this.#stay
    throw new LecternError('CONFLICT', 'You are not in the class.')
  }

  /** One's own is what the server takes by default. */
  #other(userId: string): { readonly userId?: string } {
    return userId === this.#present.you.userId ? {} : { userId }
  }

  #begin(join: JoinOptions): Stay {
    this.#state.set({ status: 'joining' })
    this.#options.ports.connect()
    const stay: Stay = new Stay({
      ...this.#options,
      join,
      changed: () => this.#tellSoon(),
      ended: (reason) => this.#ended(stay, reason),
    })
    return stay
  }

  #ended(stay: Stay, reason: LeftReason): void {
    if (stay !== this.#stay) return
    this.#stay = undefined
    this.#state.set({ status: 'left', reason })
  }

  /** Once a turn, however much has changed. */
  #tellSoon(): void {
    if (this.#isTelling) return
    this.#isTelling = true
    queueMicrotask(() => {
      this.#isTelling = false
      if (this.#stay !== undefined) this.#state.set(this.#stay.state)
    })
  }
}
