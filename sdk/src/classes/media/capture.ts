import type { LocalDevice } from '../classroom.types.ts'
import { problemOf } from './device-problem.ts'

export interface CapturePorts {
  /** A track of the device, or of any where left out. @throws Error as `getUserMedia` does */
  readonly open: (deviceId: string | undefined) => Promise<MediaStreamTrack>
  readonly changed: () => void
  /** The device in use has gone; another is in its place, or none. */
  readonly unplugged: () => void
}

/** One microphone or camera: what was asked for last counts. */
export class Capture {
  readonly #ports: CapturePorts
  #state: LocalDevice = { status: 'off' }
  #deviceId: string | undefined
  #attempt = 0
  #starting: Promise<void> | undefined

  constructor(ports: CapturePorts) {
    this.#ports = ports
  }

  get state(): LocalDevice {
    return this.#state
  }

  get track(): MediaStreamTrack | undefined {
    return this.#state.status === 'on' ? this.#state.track : undefined
  }

  /** Resolves when it is on, or has failed. */
  start(): Promise<void> {
    if (this.#state.status === 'on') return Promise.resolve()
    if (this.#state.status !== 'starting') this.#starting = this.#open()
    return this.#starting ?? Promise.resolve()
  }

  stop(): void {
    this.#attempt++
    this.track?.stop()
    this.#become({ status: 'off' })
  }

  /** From now on, and at once where one is in use: until then the one before goes on. */
  async choose(deviceId: string): Promise<void> {
    this.#deviceId = deviceId
    if (this.#state.status === 'off') return
    this.#starting = this.#open()
    await this.#starting
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt
    const before = this.track
    if (before === undefined) this.#become({ status: 'starting' })
    try {
      const track = await this.#ports.open(this.#deviceId)
      if (attempt !== this.#attempt) return track.stop()
      before?.stop()
      this.#use(track)
    } catch (error) {
      if (attempt !== this.#attempt) return
      before?.stop()
      this.#become({ status: 'failed', problem: problemOf(error) })
    }
  }

  #use(track: MediaStreamTrack): void {
    track.addEventListener('ended', () => void this.#ended(track))
    this.#become({ status: 'on', track, deviceId: track.getSettings().deviceId ?? '' })
  }

  /** Of its own accord: `stop` tells nobody. */
  async #ended(track: MediaStreamTrack): Promise<void> {
    if (track !== this.track) return
    this.#deviceId = undefined
    this.#become({ status: 'starting' })
    this.#starting = this.#open()
    await this.#starting
    this.#ports.unplugged()
  }

  #become(state: LocalDevice): void {
    this.#state = state
    this.#ports.changed()
  }
}
