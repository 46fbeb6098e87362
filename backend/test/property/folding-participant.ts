import { type Ack, type JoinSessionAnswer, joinSessionAnswer, type Participant } from '@lectern/protocol'
import type { Socket } from 'socket.io-client'
import type { ClientEventName, PayloadOf, ServerEventName, TestClient } from '../harness/test-client.ts'

type Change = Partial<Participant>

/**
 * What a client of the contract makes of what it is told of one class, and nothing more: its answer to the join is the
 * list, every event after it a change of the list, and what it asked for itself counts when it is acked.
 */
export class FoldingParticipant {
  readonly client: TestClient
  readonly sessionId: string
  readonly userId: string
  #list: Participant[] | undefined

  constructor(client: TestClient, sessionId: string, userId: string) {
    this.client = client
    this.sessionId = sessionId
    this.userId = userId
    this.#listen(client.socket)
  }

  /** By place; undefined while it is not in the class. */
  get list(): readonly Participant[] | undefined {
    return this.#list
  }

  async join(options: object = {}): Promise<void> {
    // In the callback: what comes right behind the answer is a change of it.
    await this.#ask('webrtc:join_session', options, (data) => this.#joined(joinSessionAnswer.parse(data)))
  }

  async leave(): Promise<void> {
    await this.#ask('webrtc:leave_session', {}, () => this.#out())
  }

  async toggle(what: 'audio' | 'video', enabled: boolean): Promise<void> {
    await this.#ask(`webrtc:toggle_${what}`, { enabled }, () => this.#change(this.userId, { [what]: enabled }))
  }

  async raise(): Promise<void> {
    await this.#ask('webrtc:raise_hand', {}, (data) =>
      this.#change(this.userId, { handRaisedAt: Reflect.get(Object(data), 'raisedAt') }),
    )
  }

  async lower(userId: string): Promise<void> {
    await this.#ask('webrtc:lower_hand', { userId }, () => this.#change(userId, { handRaisedAt: null }))
  }

  async share(on: boolean): Promise<void> {
    const event = on ? 'webrtc:screen_share_start' : 'webrtc:screen_share_stop'
    await this.#ask(event, {}, () => this.#change(this.userId, { screen: on }))
  }

  async mute(userId: string): Promise<void> {
    await this.#ask('webrtc:mute_participant', { userId }, () => this.#change(userId, { audio: false }))
  }

  async remove(userId: string): Promise<void> {
    // The others' leaving is told to whoever did it too; removing oneself is a leave.
    await this.#ask('webrtc:remove_participant', { userId }, () => {
      if (userId === this.userId) this.#out()
    })
  }

  /** A refusal changes nothing, and neither does a connection that goes before the answer. */
  #ask(event: ClientEventName, payload: object, acked: (data: unknown) => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    if (!this.client.socket.connected) return Promise.resolve()
    this.client.socket.once('disconnect', () => resolve())
    this.client.socket.emit(event, { sessionId: this.sessionId, ...payload }, (answer: Ack<unknown>) => {
      if (answer.ok) acked(answer.data)
      resolve()
    })
    return promise
  }

  #joined({ state, participants }: JoinSessionAnswer): void {
    this.#list = state === 'joined' ? participants : undefined
  }

  #out(): void {
    this.#list = undefined
  }

  #change(userId: string, change: Change): void {
    this.#list = this.#list?.map((person) => (person.userId === userId ? { ...person, ...change } : person))
  }

  #listen(socket: Socket): void {
    const on = <Event extends ServerEventName>(event: Event, handle: (payload: PayloadOf<Event>) => void): void => {
      // The test client checks each event against its schema, and fails with the first that is not of it.
      socket.on<string>(event, handle)
    }
    socket.on('disconnect', () => this.#out())
    on('webrtc:participants_list', ({ state, participants }) => {
      if (state === 'joined') this.#list = participants
    })
    on('webrtc:user_joined', (person) => {
      this.#list = this.#list && [...this.#list.filter(({ userId }) => userId !== person.userId), person]
    })
    on('webrtc:user_left', ({ userId }) => {
      if (userId === this.userId) this.#out()
      this.#list = this.#list?.filter((person) => person.userId !== userId)
    })
    on('webrtc:session_ended', () => this.#out())
    on('webrtc:mute_requested', () => this.#change(this.userId, { audio: false }))
    on('webrtc:user_audio_toggled', ({ userId, enabled }) => this.#change(userId, { audio: enabled }))
    on('webrtc:user_video_toggled', ({ userId, enabled }) => this.#change(userId, { video: enabled }))
    on('webrtc:screen_share_started', ({ userId }) => this.#change(userId, { screen: true }))
    on('webrtc:screen_share_stopped', ({ userId }) => this.#change(userId, { screen: false }))
    on('webrtc:hand_raised', ({ userId, raisedAt }) => this.#change(userId, { handRaisedAt: raisedAt }))
    on('webrtc:hand_lowered', ({ userId }) => this.#change(userId, { handRaisedAt: null }))
  }
}
