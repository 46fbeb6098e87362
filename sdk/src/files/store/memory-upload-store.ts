import type { UploadStore } from './upload-store.ts'

/** Where nothing outlives the program: all that there is to know, who uploads knows already. */
export const memoryUploadStore: UploadStore = {
  list: async () => [],
  get: async () => undefined,
  add: async () => undefined,
  update: async () => undefined,
  file: async () => undefined,
  setFile: async () => undefined,
  remove: async () => undefined,
  onChange: () => () => undefined,
  alone: async (_id, _signal, work) => work(),
  close: () => undefined,
}
