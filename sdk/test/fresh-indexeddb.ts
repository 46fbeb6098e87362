import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'

/** A browser's storage in which nothing is yet. */
export function freshIndexedDb(): void {
  globalThis.indexedDB = new IDBFactory()
}
