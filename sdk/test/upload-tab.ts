import type { ConnectionState } from '../src/connection/connection-state.ts'
import { Credentials } from '../src/credentials.ts'
import { memoryUploadStore } from '../src/files/store/memory-upload-store.ts'
import type { UploadStore } from '../src/files/store/upload-store.ts'
import { LiveUploads } from '../src/files/uploads.ts'
import type { Upload, UploadState } from '../src/files/uploads.types.ts'
import { Listeners } from '../src/listeners.ts'
import { apiOf } from '../src/rest/create-api.ts'
import { Value } from '../src/value.ts'
import { ManualClock } from './manual-clock.ts'
import { ScriptedNetwork } from './scripted-link.ts'
import type { TusServer } from './tus-server.ts'
import { until } from './until.ts'

export interface TabOptions {
  readonly userId?: string
  readonly store?: UploadStore
  /** Left out: the cookie. */
  readonly token?: () => Promise<string>
  readonly clock?: ManualClock
}

/** One tab of one browser that uploads to the server. */
export function openUploadTab(server: TusServer, { userId = 'lan', store, token, clock: given }: TabOptions = {}) {
  const clock = given ?? new ManualClock()
  const credentials = new Credentials({ token }, clock)
  const connection = new Value<ConnectionState>({ status: 'idle' })
  const online = new Listeners()
  const network = new ScriptedNetwork()
  const uploads = new LiveUploads({
    transport: { connection, onOnline: (listener) => online.add(listener) },
    network,
    api: apiOf({ url: server.url, credentials, clock, random: () => 0 }),
    credentials,
    userId: async () => userId,
    store: store ?? memoryUploadStore,
    endpoint: server.endpoint,
    clock,
    random: () => 0,
  })
  return {
    uploads,
    clock,
    network,
    connect: () => connection.set({ status: 'connecting', attempt: 1 }),
    goOnline: () => online.tell(),
    /** The one of this name, once it is in such a state. */
    async upload<Kind extends UploadState['kind']>(name: string, kind: Kind) {
      const isIt = (upload: Upload): boolean => upload.name === name && upload.state.kind === kind
      const list = await until(uploads.list, (all) => all.some(isIt))
      // The find that `until` has made already.
      return list.find(isIt) as Upload & { readonly state: Extract<UploadState, { kind: Kind }> }
    },
    async [Symbol.asyncDispose]() {
      await uploads.close()
    },
  }
}

/** Of so many bytes, none like the one before. */
export function fileOf(name: string, size: number, lastModified = 1): File {
  const bytes = new Uint8Array(size).map((_, at) => (at * 31 + (at >> 8)) % 251)
  return new File([bytes], name, { type: 'application/pdf', lastModified })
}
