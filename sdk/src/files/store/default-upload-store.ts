import { IndexedDbUploadStore } from './indexeddb-upload-store.ts'
import { memoryUploadStore } from './memory-upload-store.ts'
import type { UploadStore } from './upload-store.ts'

/** What survives a reload, where there is such a thing. */
export const defaultUploadStore = (): UploadStore =>
  IndexedDbUploadStore.isAvailable() ? new IndexedDbUploadStore() : memoryUploadStore
