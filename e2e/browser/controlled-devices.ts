import type { Page } from 'playwright-core'

export type DeviceKind = 'audio' | 'video'

/** In the page: a microphone that hears a tone or nothing, and devices that can be pulled out. */
interface Controls {
  /** @returns when, in epoch milliseconds */
  speak(isLoud: boolean): number
  unplug(kind: DeviceKind): void
  takeAway(kind: DeviceKind): void
}

declare global {
  interface Window {
    controls: Controls
  }
}

/** Somebody's microphone and camera, in the hands of a test. */
export interface ControlledDevices {
  /** @returns when it began or ended, in epoch milliseconds */
  speak(isLoud: boolean): Promise<number>
  /**
   * What a page sees of it: the track ends, and the browser gives another device, or none once all are taken away.
   * Chromium's own made-up devices cannot be pulled out.
   */
  unplug(kind: DeviceKind): Promise<void>
  /** From now on there is no such device. */
  takeAway(kind: DeviceKind): Promise<void>
}

/** Holds for what the page opens next. */
export async function controlDevices(page: Page): Promise<ControlledDevices> {
  await page.addInitScript(() => {
    const { getUserMedia } = MediaDevices.prototype
    const given = new Map<DeviceKind, MediaStreamTrack>()
    const gone = new Set<DeviceKind>()
    let made: { readonly gain: GainNode; readonly stream: MediaStream } | undefined
    const microphone = () => {
      if (made !== undefined) return made
      const context = new AudioContext()
      const gain = new GainNode(context, { gain: 0 })
      const destination = new MediaStreamAudioDestinationNode(context)
      const tone = new OscillatorNode(context, { frequency: 300 })
      tone.connect(gain).connect(destination)
      tone.start()
      made = { gain, stream: destination.stream }
      return made
    }
    MediaDevices.prototype.getUserMedia = async function (constraints = {}) {
      const kind = constraints.video ? 'video' : 'audio'
      if (gone.has(kind)) throw new DOMException('There is none.', 'NotFoundError')
      const stream = kind === 'audio' ? microphone().stream.clone() : await getUserMedia.call(this, constraints)
      const [track] = stream.getTracks()
      if (track !== undefined) given.set(kind, track)
      return stream
    }
    window.controls = {
      speak(isLoud) {
        microphone().gain.gain.value = isLoud ? 0.4 : 0
        return performance.timeOrigin + performance.now()
      },
      unplug(kind) {
        const track = given.get(kind)
        track?.stop()
        // W3C Media Capture, 4.3.3.2: who stops a track is told nothing, who loses its device is.
        track?.dispatchEvent(new Event('ended'))
      },
      takeAway: (kind) => void gone.add(kind),
    }
  })
  return {
    speak: (isLoud) => page.evaluate((on) => window.controls.speak(on), isLoud),
    unplug: (kind) => page.evaluate((which) => window.controls.unplug(which), kind),
    takeAway: (kind) => page.evaluate((which) => window.controls.takeAway(which), kind),
  }
}

/** @returns when the tile is outlined next, in epoch milliseconds: for who listens before somebody speaks */
export const outlinedAt = (page: Page, userId: string): Promise<number> =>
  page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(`[data-tile="${id}"][data-speaking]`) === null) return
          observer.disconnect()
          resolve(performance.timeOrigin + performance.now())
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-speaking'] })
        look()
      }),
    userId,
  )
