import { workerData } from 'node:worker_threads'
import { type UploadOptions, uploadRaw } from './raw-upload.ts'

const uploads: readonly UploadOptions[] = workerData
const statuses = await Promise.all(uploads.map(uploadRaw))
const refused = statuses.find((status) => status !== 201)
if (refused !== undefined) throw new Error(`An upload was answered with ${refused}.`)
