import { history, start } from './chat/history.ts'
import { idle } from './chat/idle.ts'
import { latency } from './chat/latency.ts'
import { postgres } from './chat/postgres.ts'
import { bigRoom, smallRooms } from './chat/rooms.ts'
import { storm } from './chat/storm.ts'
import { classesSignalling } from './classes/signalling.ts'
import { filesDownload } from './files/download.ts'
import { filesList } from './files/list.ts'
import { filesManyUploads } from './files/many-uploads.ts'
import { filesUpload } from './files/upload.ts'
import type { Benchmark } from './rig/benchmark.ts'

/** In the order of their running. */
export const BENCHMARKS: readonly Benchmark[] = [
  bigRoom,
  smallRooms,
  latency,
  idle,
  storm,
  history,
  start,
  postgres,
  filesUpload,
  filesManyUploads,
  filesDownload,
  filesList,
  classesSignalling,
]
