import { API_BASE, FILE_ROUTES, type FileRecord } from '@lectern/protocol'
import { freePort } from '../rig/free-port.ts'
import { type ServerProcess, startServerProcess } from '../rig/server-process.ts'

/** A server whose records bear URLs that open: it is started on a port that it is told. */
export async function startFileServer(environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  return startServerProcess({ environment: { ...environment, PORT: String(await freePort()) } })
}

export interface NewUpload {
  readonly folder: string
  readonly name: string
  readonly bytes: Buffer<ArrayBuffer>
  readonly course_id?: string
}

/** As a form, by who is not under test. @throws Error with the answer's text when it is a failure */
export async function upload(
  server: ServerProcess,
  token: string,
  { name, bytes, ...fields }: NewUpload,
): Promise<FileRecord> {
  const body = new FormData()
  for (const [field, value] of Object.entries(fields)) body.set(field, value)
  body.set('file', new Blob([bytes]), name)
  const headers = { Authorization: `Bearer ${token}` }
  const response = await fetch(`${server.url}${API_BASE}/files/upload`, { method: 'POST', headers, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`Uploading ${name}: ${response.status} ${text}`)
  return FILE_ROUTES.uploadFile.response.parse(JSON.parse(text).data)
}
