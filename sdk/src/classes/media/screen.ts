import { LecternError } from '../../errors.ts'
import type { LocalScreen } from '../classroom.types.ts'
import { problemOf } from './device-problem.ts'

export interface ScreenPorts {
  readonly changed: () => void
  /** By the browser's own button, or since what was shown is closed. */
  readonly ended: () => void
}

/** A screen, window or tab of one's own. */
export class Screen {
  readonly #ports: ScreenPorts
  #state: LocalScreen = { status: 'off' }
  #attempt = 0

  constructor(ports: ScreenPorts) {
    this.#ports = ports
  }

  get state(): LocalScreen {
    return this.#state
  }

  get track(): MediaStreamTrack | null {
    return this.#state.status === 'on' ? (this.#state.stream.getVideoTracks()[0] ?? null) : null
  }

  /**
   * Lets the person choose.
   * @param allowed asked of the server before it is shown to anybody @throws LecternError
   * @returns whether it is shown; the state says why not
   * @throws LecternError what `allowed` throws
   */
  async start(allowed: () => Promise<unknown>): Promise<boolean> {
    const attempt = ++this.#attempt
    this.#become({ status: 'starting' })
    let stream: MediaStream
    try {
      stream = await choose()
    } catch (error) {
      if (attempt === this.#attempt) this.#become({ status: 'failed', problem: problemOf(error) })
      return false
    }
    try {
      await allowed()
    } catch (error) {
      end(stream)
      if (attempt === this.#attempt) this.#become({ status: 'failed', problem: isTaken(error) ? 'taken' : 'failed' })
      throw error
    }
    if (attempt !== this.#attempt) {
      end(stream)
      return false
    }
    this.#use(stream)
    return true
  }

  stop(): void {
    this.#leave({ status: 'off' })
  }

  /** Somebody else shares theirs now. */
  taken(): void {
    this.#leave({ status: 'failed', problem: 'taken' })
  }

  #use(stream: MediaStream): void {
    const [track] = stream.getVideoTracks()
    if (track === undefined || track.readyState === 'ended') {
      this.#become({ status: 'off' })
      this.#ports.ended()
      return
    }
    // Text stays sharp rather than smooth.
    track.contentHint = 'detail'
    track.addEventListener('ended', () => {
      if (this.track !== track) return
      this.stop()
      this.#ports.ended()
    })
    this.#become({ status: 'on', stream })
  }

  #leave(state: LocalScreen): void {
    this.#attempt++
    if (this.#state.status === 'on') end(this.#state.stream)
    this.#become(state)
  }

  #become(state: LocalScreen): void {
    if (state.status === this.#state.status && state.status === 'off') return
    this.#state = state
    this.#ports.changed()
  }
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

const isTaken = (error: unknown): boolean => error instanceof LecternError && error.code === 'CONFLICT'

/** @throws Error as `getDisplayMedia` does; `NotSupportedError` where there is none, as on a phone */
async function choose(): Promise<MediaStream> {
  const devices: Partial<MediaDevices> = navigator.mediaDevices ?? {}
  if (devices.getDisplayMedia === undefined)
    throw new DOMException('No screen can be shared here.', 'NotSupportedError')
  return navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: false })
}
