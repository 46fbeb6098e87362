import { loudness } from '../loudness.ts'

/** How loud a track of one's own is. */
export class LevelMeter {
  readonly #context = new AudioContext()
  readonly #analyser = new AnalyserNode(this.#context, { fftSize: 2048 })
  readonly #samples = new Float32Array(this.#analyser.fftSize)
  #track: MediaStreamTrack | undefined
  #source: MediaStreamAudioSourceNode | undefined

  /** It hears a copy, since a muted track is silent for whoever hears it. */
  hear(track: MediaStreamTrack | undefined): void {
    this.#track?.stop()
    this.#source?.disconnect()
    this.#source = undefined
    this.#track = track?.clone()
    if (this.#track === undefined) return
    this.#track.enabled = true
    this.#source = this.#context.createMediaStreamSource(new MediaStream([this.#track]))
    this.#source.connect(this.#analyser)
    // A page that nobody has touched yet has its sound held back.
    void this.#context.resume()
  }

  /** 0 to 1. */
  read(): number {
    if (this.#source === undefined) return 0
    this.#analyser.getFloatTimeDomainData(this.#samples)
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length
    return loudness(Math.sqrt(power))
  }

  close(): void {
    this.hear(undefined)
    void this.#context.close()
  }
}
