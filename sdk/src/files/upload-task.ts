import type { FileRecord } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import { Keeping } from './keeping.ts'
import { Progress } from './progress.ts'
import type { StoredUpload } from './store/upload-store.ts'
import { firstChunkSize } from './tus/chunk-size.ts'
import type { Outcome } from './tus/send.ts'
import type { TaskPorts, UploadFacts } from './upload-task.types.ts'
import { type Failures, NO_FAILURES, oneMore, verdictOf } from './upload-verdict.ts'
import { UploadView, type Viewed } from './upload-view.ts'
import type { Upload, UploadState } from './uploads.types.ts'
import { Wait } from './wait.ts'

/** As often as a server forgets what was begun; then something is wrong with it. */
const MOST_BEGINNINGS = 3

/** One file on its way: takes its turn, tries, waits, and tries again, until it is there or refused. */
export class UploadTask implements Viewed {
  readonly facts: UploadFacts
  readonly keeping: Keeping
  readonly #ports: TaskPorts
  readonly #over = new AbortController()
  #view: Upload
  #file: Blob | undefined
  #userId: string | undefined
  #url: string | undefined
  /** Bytes that the server has stored. */
  #sent = 0
  /** Known once all has been sent. */
  #fileId: string | undefined
  #failures: Failures = NO_FAILURES
  #beginnings = 0
  #isRenewed = false
  #run = new AbortController()
  #sending = new AbortController()
  #giveBack: () => void = () => undefined
  #goOn: () => void = () => undefined
  #finished = settledLater()

  constructor(facts: UploadFacts, ports: TaskPorts, { isKept = false } = {}) {
    this.facts = facts
    this.#ports = ports
    this.keeping = new Keeping(ports.store, facts.id, isKept)
    this.#view = new UploadView(this, { kind: 'waiting' })
  }

  get view(): Upload {
    return this.#view
  }

  /** Aborted once it is done, no longer in the list, or the client closed. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  begin(file: Blob): void {
    this.#file = file
    this.#queue()
  }

  /** It is this tab's now: goes on with what an earlier page, or another tab, has left. */
  takeOver({ userId, url, sent, isPaused }: StoredUpload, file: Blob | undefined): void {
    this.#userId = userId
    this.#url = url
    this.#sent = sent
    this.#file = file?.size === this.facts.size ? file : undefined
    if (this.#file === undefined) this.#become({ kind: 'needs_file', sent })
    else if (isPaused) this.#become({ kind: 'paused', sent })
    else this.#queue()
  }

  showElsewhere(): void {
    this.#become({ kind: 'elsewhere' })
  }

  /** Puts it into the store, where it is not in it. */
  keep(userId: string): void {
    if (this.#over.signal.aborted) return
    this.#userId = userId
    const entry = this.#entry()
    if (!this.keeping.isKept && entry !== undefined) this.keeping.add(entry, this.#file)
  }

  pause(): void {
    if (!['waiting', 'uploading', 'interrupted'].includes(this.#state.kind)) return
    this.#stop()
    this.#become({ kind: 'paused', sent: this.#sent })
    this.#save()
  }

  resume(): void {
    if (this.#state.kind === 'interrupted') this.#goOn()
    if (this.#state.kind !== 'paused') return
    this.#queue()
    this.#save()
  }

  retry(): void {
    if (this.#state.kind !== 'failed') return
    this.#failures = NO_FAILURES
    this.#beginnings = 0
    this.#isRenewed = false
    this.#finished = settledLater()
    this.#queue()
  }

  cancel(): void {
    if (this.#over.signal.aborted) return
    if (this.#url !== undefined) this.#ports.end(this.#url)
    this.keeping.remove()
    this.#leave('It was cancelled.')
  }

  /** Another tab took it from the store: it is done there, or the person has cancelled it there. */
  vanish(): void {
    if (this.#state.kind !== 'elsewhere') this.cancel()
    else this.#leave('It ended in another tab.')
  }

  dismiss(): void {
    const { kind } = this.#state
    if (kind === 'done') this.#ports.left()
    else if (kind === 'failed') this.cancel()
  }

  resumeWith(file: File): boolean {
    const { name, size, lastModified } = this.facts
    const isIt = file.name === name && file.size === size && (lastModified ?? file.lastModified) === file.lastModified
    if (this.#state.kind !== 'needs_file' || !isIt) return false
    this.#file = file
    this.keeping.setFile(file)
    this.#queue()
    return true
  }

  finished(): Promise<FileRecord> {
    return this.#finished.promise
  }

  /** There may be a network again. */
  wake(): void {
    if (this.#state.kind !== 'interrupted') return
    const { code } = this.#state.error
    if (code === 'NETWORK' || code === 'TIMEOUT') this.#goOn()
  }

  /** There is no network. */
  cutOff(): void {
    this.#sending.abort(new LecternError('NETWORK', 'There is no network.'))
  }

  /** What is not done stays in the store. */
  async close(): Promise<void> {
    this.#stop()
    this.#finished.reject(closed('The client was closed.'))
    await this.keeping.settled()
    this.#over.abort()
  }

  get #state(): UploadState {
    return this.#view.state
  }

  #queue(): void {
    this.#stop()
    this.#become({ kind: 'waiting' })
    this.#giveBack = this.#ports.turns.take(() => void this.#go())
  }

  #leave(reason: string): void {
    this.#stop()
    this.#finished.reject(closed(reason))
    this.#become({ kind: 'cancelled' })
    this.#over.abort()
    this.#ports.left()
  }

  #stop(): void {
    this.#run.abort()
    this.#giveBack()
    this.#giveBack = () => undefined
  }

  async #go(): Promise<void> {
    this.#run = new AbortController()
    const { signal } = this.#run
    const progress = new Progress(this.#ports.clock, this.facts.size)
    while (!signal.aborted) {
      this.#become({ kind: 'uploading', sent: this.#sent, bytesPerSecond: undefined, secondsLeft: undefined })
      const outcome = await this.#try(progress, signal)
      if (!signal.aborted) await this.#take(outcome, signal)
    }
  }

  async #try(progress: Progress, signal: AbortSignal): Promise<Outcome> {
    try {
      this.keep(await this.#ports.identity.assured())
      if (this.#fileId !== undefined) return { kind: 'sent', fileId: this.#fileId }
      this.#sending = new AbortController()
      const both = AbortSignal.any([signal, this.#sending.signal])
      return await this.#send(progress, both)
    } catch (error) {
      return { kind: 'failed', error: asLecternError(error) }
    }
  }

  async #send(progress: Progress, signal: AbortSignal): Promise<Outcome> {
    if (this.#file === undefined) return { kind: 'unreadable' }
    const show = (sent: number): void => {
      const state = signal.aborted ? undefined : progress.at(sent)
      if (state !== undefined) this.#become(state)
    }
    return this.#ports.send(
      {
        file: this.#file,
        metadata: metadataOf(this.facts),
        url: this.#url,
        chunkSize: firstChunkSize(this.#failures.all),
        begun: (url) => this.#isBegun(url),
        left: show,
        stored: (sent) => {
          this.#isStored(sent)
          show(sent)
        },
      },
      signal,
    )
  }

  #isBegun(url: string): void {
    if (url === this.#url) return
    this.#url = url
    this.#save()
  }

  #isStored(sent: number): void {
    this.#sent = sent
    this.#failures = NO_FAILURES
    this.#isRenewed = false
    this.#save()
  }

  async #take(outcome: Outcome, signal: AbortSignal): Promise<void> {
    switch (outcome.kind) {
      case 'sent':
        return this.#isSent(outcome.fileId, signal)
      case 'gone':
        return this.#isGone(signal)
      case 'unreadable':
        this.#file = undefined
        this.#stop()
        return this.#become({ kind: 'needs_file', sent: this.#sent })
      case 'failed':
        return this.#hasFailed(outcome.error, signal)
    }
  }

  async #isSent(fileId: string | undefined, signal: AbortSignal): Promise<void> {
    this.#fileId = fileId ?? idOf(this.#url)
    try {
      const file = await this.#ports.record(this.#fileId)
      if (!signal.aborted) this.#isDone(file)
    } catch (error) {
      if (!signal.aborted) await this.#hasFailed(asLecternError(error), signal)
    }
  }

  /**
   * It has expired; or all of it was there, and the answer that said so was lost: an upload has the id of the file that it
   * becomes.
   */
  async #isGone(signal: AbortSignal): Promise<void> {
    try {
      const file = await this.#ports.record(idOf(this.#url))
      if (!signal.aborted) this.#isDone(file)
    } catch (error) {
      if (signal.aborted) return
      const reason = asLecternError(error)
      if (reason.code !== 'NOT_FOUND' || ++this.#beginnings > MOST_BEGINNINGS) return this.#hasFailed(reason, signal)
      this.#url = undefined
      this.#sent = 0
      this.#save()
    }
  }

  #isDone(file: FileRecord): void {
    this.#stop()
    this.keeping.remove()
    this.#file = undefined
    this.#finished.resolve(file)
    this.#become({ kind: 'done', file })
    this.#over.abort()
  }

  async #hasFailed(error: LecternError, signal: AbortSignal): Promise<void> {
    if (error.code === 'UNAUTHENTICATED' && !this.#isRenewed && (await this.#renewed())) return
    if (signal.aborted) return
    this.#failures = oneMore(this.#failures, error)
    const verdict = verdictOf(error, this.#failures, this.#ports.random)
    if (verdict.kind === 'again') return this.#interrupted(error, verdict.afterMs, signal)
    this.#stop()
    if (!verdict.retryable) this.keeping.remove()
    this.#become({ kind: 'failed', error, retryable: verdict.retryable })
    this.#finished.reject(error)
  }

  async #renewed(): Promise<boolean> {
    this.#isRenewed = true
    return this.#ports.identity.renew().catch(() => false)
  }

  async #interrupted(error: LecternError, afterMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#ports
    const wait = new Wait(clock, afterMs, signal)
    this.#goOn = wait.end
    this.#become({ kind: 'interrupted', sent: this.#sent, error, retryAt: clock.now() + afterMs })
    await wait.over
  }

  #become(state: UploadState): void {
    this.#view = new UploadView(this, state)
    this.#ports.changed()
  }

  #save(): void {
    const entry = this.#entry()
    if (entry !== undefined) this.keeping.update(entry)
  }

  #entry(): StoredUpload | undefined {
    if (this.#userId === undefined) return undefined
    const isPaused = this.#state.kind === 'paused'
    return { ...this.facts, userId: this.#userId, url: this.#url, sent: this.#sent, isPaused }
  }
}

function metadataOf({ name, target: { folder, courseId, category, description } }: UploadFacts) {
  const fields = { filename: name, folder, category, course_id: courseId, description }
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined && field[1] !== ''),
  )
}

const idOf = (url = ''): string => decodeURIComponent(url.slice(url.lastIndexOf('/') + 1))

const closed = (message: string): LecternError => new LecternError('CLOSED', message)

const asLecternError = (thrown: unknown): LecternError =>
  thrown instanceof LecternError ? thrown : new LecternError('INTERNAL', 'It could not be uploaded.', { cause: thrown })

/** Nobody need wait for it. */
function settledLater(): PromiseWithResolvers<FileRecord> {
  const later = Promise.withResolvers<FileRecord>()
  later.promise.catch(() => undefined)
  return later
}
