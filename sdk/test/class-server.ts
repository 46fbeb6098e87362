import type { ClientEventName, JoinSessionAnswer, ServerEventName, ServerToClientEvents } from '@lectern/protocol'
import type { LocalMedia, LocalMediaState } from '../src/classes/classroom.types.ts'
import type { ClassPorts } from '../src/classes/ports.ts'
import type { ConnectionState } from '../src/connection/connection-state.ts'
import type { EventAnswer, EventPayload } from '../src/connection/event-types.ts'
import { LecternError } from '../src/errors.ts'
import { Listeners } from '../src/listeners.ts'
import type { Transport } from '../src/ports.ts'
import { Value } from '../src/value.ts'
import { answerOf } from './class-records.ts'
import { ManualClock } from './manual-clock.ts'

interface Emitted {
  readonly name: ClientEventName
  readonly payload: Record<string, unknown>
}

/** A class's server, as the test has it. The class is carried by a media server, so that nothing is connected here. */
export class ClassServer implements Transport {
  readonly clock = new ManualClock()
  readonly connection = new Value<ConnectionState>({ status: 'idle' })
  readonly emitted: Emitted[] = []
  /** How often the connection was asked to try now. */
  hurried = 0
  answer: JoinSessionAnswer = { ...answerOf(['an', 'binh']), topology: 'sfu' }
  /** Of the events that are not joins. */
  answering: (emitted: Emitted) => unknown = () => ({})
  joining: (emitted: Emitted) => Promise<JoinSessionAnswer> = async () => this.answer
  readonly #online = new Listeners()
  readonly #events = new Map<string, Listeners<[unknown]>>()

  get ports(): ClassPorts {
    return {
      transport: this,
      connect: () => undefined,
      reconnect: () => {
        this.hurried += 1
      },
      iceServers: async () => ({ iceServers: [], expiresAt: null }),
      clock: this.clock,
      random: () => 0,
    }
  }

  goOnline(): void {
    this.connection.set({ status: 'online' })
    this.#online.tell()
  }

  goOffline({ offline = false }: { readonly offline?: boolean } = {}): void {
    const error = new LecternError('NETWORK', 'Cut.')
    this.connection.set({ status: 'waiting', attempt: 1, retryAt: 0, offline, error })
  }

  tell<Name extends ServerEventName>(name: Name, payload: Parameters<ServerToClientEvents[Name]>[0]): void {
    this.#events.get(name)?.tell(payload)
  }

  /** The payloads of one event, in the order in which they came. */
  payloads(name: ClientEventName): Record<string, unknown>[] {
    return this.emitted.filter((emitted) => emitted.name === name).map(({ payload }) => payload)
  }

  async emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>> {
    if (this.connection.getSnapshot().status !== 'online') throw new LecternError('NETWORK', 'No connection.')
    const emitted = { name, payload: { ...payload } }
    this.emitted.push(emitted)
    const answer = name === 'webrtc:join_session' ? this.joining(emitted) : this.answering(emitted)
    // Of this name, which the compiler does not conclude.
    return (await answer) as EventAnswer<Name>
  }

  on<Name extends ServerEventName>(name: Name, listener: ServerToClientEvents[Name]): () => void {
    const listeners = this.#events.get(name) ?? new Listeners<[unknown]>()
    this.#events.set(name, listeners)
    return listeners.add((payload) => listener(payload as never))
  }

  onOnline(listener: () => void): () => void {
    return this.#online.add(listener)
  }
}

/** Somebody's microphone and camera, without a browser: both are given at once. */
export class ScriptedMedia extends Value<LocalMediaState> implements LocalMedia {
  /** Nothing looks into it here. */
  static readonly #track = new EventTarget() as MediaStreamTrack

  constructor() {
    super({
      microphone: { status: 'off' },
      camera: { status: 'off' },
      isMuted: false,
      level: 0,
      devices: { microphones: [], cameras: [], speakers: [] },
      unplugged: undefined,
    })
  }

  async setMicrophone(on: boolean): Promise<void> {
    const { microphone } = this.getSnapshot()
    this.#change(on ? { microphone: this.#on, isMuted: false } : { isMuted: microphone.status === 'on' })
  }

  async setCamera(on: boolean): Promise<void> {
    this.#change({ camera: on ? this.#on : { status: 'off' } })
  }

  async chooseMicrophone(): Promise<void> {
    await this.setMicrophone(true)
  }

  async chooseCamera(): Promise<void> {
    await this.setCamera(true)
  }

  acknowledge(): void {
    this.#change({ unplugged: undefined })
  }

  close(): void {
    this.#change({ microphone: { status: 'off' }, camera: { status: 'off' } })
  }

  [Symbol.dispose](): void {
    this.close()
  }

  get #on() {
    return { status: 'on', track: ScriptedMedia.#track, deviceId: 'default' } as const
  }

  #change(change: Partial<LocalMediaState>): void {
    this.set({ ...this.getSnapshot(), ...change })
  }
}
