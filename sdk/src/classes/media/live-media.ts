import type { Clock } from '../../clock.ts'
import { Value } from '../../value.ts'
import type { DeviceList, LocalMedia, LocalMediaState } from '../classroom.types.ts'
import { Capture } from './capture.ts'
import { LevelMeter } from './level-meter.ts'

const LEVEL_MS = 100
const NO_DEVICES: DeviceList = { microphones: [], cameras: [], speakers: [] }

const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
}

export class LiveMedia implements LocalMedia {
  readonly getSnapshot: () => LocalMediaState
  readonly subscribe: (listener: () => void) => () => void
  readonly #clock: Clock
  readonly #ending = new AbortController()
  readonly #microphone: Capture
  readonly #camera: Capture
  readonly #state = new Value<LocalMediaState>({
    microphone: { status: 'off' },
    camera: { status: 'off' },
    isMuted: false,
    level: 0,
    devices: NO_DEVICES,
    unplugged: undefined,
  })
  /** Made with the first microphone: browsers hold back what is made before somebody has touched the page. */
  #meter: LevelMeter | undefined
  #heard: MediaStreamTrack | undefined
  #isMuted = false
  #stopTicking: () => void = () => undefined

  constructor(clock: Clock) {
    this.#clock = clock
    this.getSnapshot = this.#state.getSnapshot
    this.subscribe = this.#state.subscribe
    this.#microphone = new Capture({
      open: (deviceId) => open({ audio: of(MICROPHONE, deviceId) }),
      changed: () => this.#changed(),
      unplugged: () => this.#set({ unplugged: 'microphone' }),
    })
    this.#camera = new Capture({
      open: (deviceId) => open({ video: of(CAMERA, deviceId) }),
      changed: () => this.#changed(),
      unplugged: () => this.#set({ unplugged: 'camera' }),
    })
    const { signal } = this.#ending
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#list(), { signal })
    void this.#list()
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#isMuted = !on
    if (on) await this.#microphone.start()
    this.#changed()
  }

  async setCamera(on: boolean): Promise<void> {
    if (on) await this.#camera.start()
    else this.#camera.stop()
  }

  chooseMicrophone(deviceId: string): Promise<void> {
    return this.#microphone.choose(deviceId)
  }

  chooseCamera(deviceId: string): Promise<void> {
    return this.#camera.choose(deviceId)
  }

  /** Forgets that something was unplugged. */
  acknowledge(): void {
    this.#set({ unplugged: undefined })
  }

  close(): void {
    this.#ending.abort()
    this.#stopTicking()
    this.#microphone.stop()
    this.#camera.stop()
    this.#meter?.close()
    this.#meter = undefined
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #changed(): void {
    const microphone = this.#microphone.state
    const { track } = this.#microphone
    if (track !== undefined) track.enabled = !this.#isMuted
    if (this.#heard !== track) this.#hear(track)
    const isMuted = microphone.status === 'on' && this.#isMuted
    const before = this.#state.getSnapshot()
    this.#set({ microphone, camera: this.#camera.state, isMuted })
    const isNewlyOn = (one: 'microphone' | 'camera') =>
      before[one].status !== 'on' && this.#state.getSnapshot()[one].status === 'on'
    // Labels are told once something was allowed.
    if (isNewlyOn('microphone') || isNewlyOn('camera')) void this.#list()
  }

  #hear(track: MediaStreamTrack | undefined): void {
    if (this.#ending.signal.aborted) return
    this.#heard = track
    this.#meter ??= new LevelMeter()
    this.#meter.hear(track)
    this.#stopTicking()
    if (track === undefined) this.#set({ level: 0 })
    else this.#tick()
  }

  #tick(): void {
    this.#stopTicking = this.#clock.after(LEVEL_MS, () => {
      this.#set({ level: this.#meter?.read() ?? 0 })
      this.#tick()
    })
  }

  async #list(): Promise<void> {
    // A page that is not secure has none.
    const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
    if (this.#ending.signal.aborted) return
    const of = (kind: MediaDeviceKind) => devices.filter((device) => device.kind === kind)
    this.#set({
      devices: { microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') },
    })
  }

  #set(change: Partial<LocalMediaState>): void {
    const state = this.#state.getSnapshot()
    const isNews = Object.entries(change).some(([key, value]) => Reflect.get(state, key) !== value)
    if (isNews) this.#state.set({ ...state, ...change })
  }
}

const of = (constraints: MediaTrackConstraints, deviceId: string | undefined): MediaTrackConstraints =>
  deviceId === undefined ? constraints : { ...constraints, deviceId: { exact: deviceId } }

/** @throws Error as `getUserMedia` does; `NotSupportedError` where the page may not ask at all */
async function open(constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices === undefined) throw new DOMException('This page is not secure.', 'NotSupportedError')
  const [track] = (await devices.getUserMedia(constraints)).getTracks()
  if (track === undefined) throw new DOMException('Nothing was given.', 'NotFoundError')
  return track
}
