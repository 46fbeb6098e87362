import type { Clock } from '../clock.ts'
import type { Network } from '../connection/network.ts'
import { LecternError } from '../errors.ts'
import { createClientId } from '../outbox/client-id.ts'
import type { Transport } from '../ports.ts'
import type { Readable } from '../readable.ts'
import type { Api } from '../rest/api.ts'
import { Value } from '../value.ts'
import { Identity, type IdentityPorts } from './identity.ts'
import { loadTus } from './load-tus.ts'
import type { StoredUpload, UploadStore } from './store/upload-store.ts'
import { Turns } from './turns.ts'
import type { SendPorts } from './tus/send.ts'
import { UploadTask } from './upload-task.ts'
import type { TaskPorts, UploadFacts } from './upload-task.types.ts'
import type { Upload, UploadOptions, Uploads } from './uploads.types.ts'

const AT_ONCE = 3

export interface UploadsPorts extends IdentityPorts {
  readonly transport: Pick<Transport, 'connection' | 'onOnline'>
  readonly network: Pick<Network, 'watch'>
  readonly api: Pick<Api, 'me' | 'getFileById'>
  readonly store: UploadStore
  /** Of the tus server, absolute. */
  readonly endpoint: string
  readonly clock: Clock
  readonly random: () => number
}

/** One person's files on their way, in this tab and in others. */
export class LiveUploads implements Uploads {
  readonly #ports: UploadsPorts
  readonly #identity: Identity
  readonly #turns = new Turns(AT_ONCE)
  readonly #list = new Value<readonly Upload[]>([])
  readonly #stops: readonly (() => void)[]
  #tasks: readonly UploadTask[] = []
  /** Ids of all that this tab has ever seen. */
  readonly #seen = new Set<string>()
  #looking: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(ports: UploadsPorts) {
    this.#ports = ports
    this.#identity = new Identity(ports)
    this.#stops = [
      ports.store.onChange((removed) => this.#changed(removed)),
      ports.transport.onOnline(() => this.#wake()),
      // What an earlier page left is to be seen before there is a connection.
      ports.transport.connection.subscribe(() => {
        if (ports.transport.connection.getSnapshot().status === 'connecting') this.#refresh()
      }),
      ports.network.watch({
        online: () => this.#wake(),
        offline: () => this.#cutOff(),
        visible: () => this.#wake(),
      }),
    ]
  }

  get list(): Readable<readonly Upload[]> {
    return this.#list
  }

  get atOnce(): number {
    return this.#turns.limit
  }

  set atOnce(limit: number) {
    this.#turns.limit = limit
  }

  start(file: Blob, { name, ...target }: UploadOptions): Upload {
    if (this.#isClosed) throw new LecternError('CLOSED', 'The client was closed.')
    const isFile = typeof File !== 'undefined' && file instanceof File
    const task = this.#newTask({
      id: createClientId(),
      name: name ?? (isFile ? file.name : ''),
      size: file.size,
      type: file.type,
      lastModified: isFile ? file.lastModified : undefined,
      target,
      startedAt: new Date(this.#ports.clock.now()).toISOString(),
      endpoint: this.#ports.endpoint,
    })
    this.#show(task)
    task.begin(file)
    void this.#keep(task)
    return task.view
  }

  /** What is not done stays in the store. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const stop of this.#stops) stop()
    await Promise.all(this.#tasks.map((task) => task.close()))
    this.#ports.store.close()
  }

  #newTask(facts: UploadFacts, isKept = false): UploadTask {
    this.#seen.add(facts.id)
    return new UploadTask(facts, this.#taskPorts(facts), { isKept })
  }

  #taskPorts(facts: UploadFacts): TaskPorts {
    const { clock, random, store, api } = this.#ports
    return {
      clock,
      random,
      store,
      turns: this.#turns,
      identity: this.#identity,
      send: async (sending, signal) => (await loadTus()).sendByTus(this.#sendPorts, sending, signal),
      end: (url) => void this.#end(url),
      record: async (fileId) => (await api.getFileById({ params: { fileId } })).data,
      changed: () => this.#tell(),
      left: () => this.#hide(facts.id),
    }
  }

  get #sendPorts(): SendPorts {
    const { endpoint, clock } = this.#ports
    return { endpoint, clock, credential: () => this.#identity.credential() }
  }

  /** What cannot be deleted there expires. */
  async #end(url: string): Promise<void> {
    try {
      const { endByTus } = await loadTus()
      await endByTus(this.#sendPorts, url)
    } catch {
      // Nobody waits for it.
    }
  }

  /** Where it is not known yet whose it is, its first try tells. */
  async #keep(task: UploadTask): Promise<void> {
    const { store } = this.#ports
    const held = Promise.withResolvers<void>()
    void store.alone(
      task.facts.id,
      task.over,
      () => {
        held.resolve()
        return ended(task.over)
      },
      () => undefined,
    )
    try {
      const userId = await this.#identity.userId()
      await held.promise
      if (!task.over.aborted) task.keep(userId)
    } catch {
      // As it does where nobody is signed in.
    }
  }

  #refresh(): void {
    this.#looking = this.#looking.then(() => (this.#isClosed ? undefined : this.#look()))
  }

  #changed(removed: string | undefined): void {
    if (removed === undefined) this.#refresh()
    else this.#tasks.find(({ facts }) => facts.id === removed)?.vanish()
  }

  /** What other tabs have begun, and what earlier pages left. */
  async #look(): Promise<void> {
    const { store, endpoint } = this.#ports
    try {
      const stored = await store.list(await this.#identity.userId(), endpoint)
      for (const upload of stored) if (!this.#seen.has(upload.id)) void this.#find(upload)
    } catch {
      // A store that cannot be read has nothing to show; the next connection asks again who is signed in.
    }
  }

  async #find(upload: StoredUpload): Promise<void> {
    const { store } = this.#ports
    const task = this.#newTask(factsOf(upload), true)
    await store.alone(
      upload.id,
      task.over,
      async () => {
        const [left, file] = await Promise.all([store.get(upload.id), store.file(upload.id)])
        if (left === undefined || this.#isClosed) return
        this.#show(task)
        task.takeOver(left, file)
        await ended(task.over)
      },
      () => {
        this.#show(task)
        task.showElsewhere()
      },
    )
  }

  #cutOff(): void {
    for (const task of this.#tasks) task.cutOff()
  }

  #wake(): void {
    this.#refresh()
    for (const task of this.#tasks) task.wake()
  }

  #show(task: UploadTask): void {
    if (this.#isClosed || this.#tasks.includes(task)) return
    this.#tasks = [...this.#tasks, task].sort(byAge)
    this.#tell()
  }

  #hide(id: string): void {
    this.#tasks = this.#tasks.filter(({ facts }) => facts.id !== id)
    this.#tell()
  }

  #tell(): void {
    this.#list.set(this.#tasks.map(({ view }) => view))
  }
}

function factsOf({ id, name, size, type, lastModified, target, startedAt, endpoint }: StoredUpload): UploadFacts {
  return { id, name, size, type, lastModified, target, startedAt, endpoint }
}

const byAge = (one: UploadTask, other: UploadTask): number => {
  const [first, second] = [one.facts.startedAt, other.facts.startedAt]
  return first < second ? -1 : Number(first > second)
}

async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise
}
