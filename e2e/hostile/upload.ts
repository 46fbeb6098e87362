import { Buffer } from 'node:buffer'
import { API_BASE, type FileRecord, fileRecord, uploadResult } from '@lectern/protocol'
import type { HostileFile } from './hostile-file.ts'

const BOUNDARY = 'hostile-corpus'

export interface Answer {
  readonly status: number
  /** What was stored of it. */
  readonly records: readonly FileRecord[]
}

export type Upload = (files: readonly HostileFile[]) => Promise<Answer>

/** Through `/files/upload` where it is one file, else through `/files/upload/multiple`. */
export const uploaderOf =
  (url: string, token: string, folder: string): Upload =>
  async (files) => {
    const isOne = files.length === 1
    const response = await fetch(`${url}${API_BASE}/files/upload${isOne ? '' : '/multiple'}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
      body: formOf(isOne ? 'file' : 'files', files, folder),
    })
    const { data }: { data?: unknown } = JSON.parse(await response.text())
    if (!response.ok) return { status: response.status, records: [] }
    return { status: response.status, records: isOne ? [fileRecord.parse(data)] : uploadResult.parse(data).uploaded }
  }

/** The form byte by byte: no library would write such names. */
function formOf(field: 'file' | 'files', files: readonly HostileFile[], folder: string): Buffer<ArrayBuffer> {
  const parts = files.flatMap(({ filename, content }) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="`,
    filename,
    '"\r\nContent-Type: text/html\r\n\r\n',
    content,
    '\r\n',
  ])
  const rest = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="folder"\r\n\r\n${folder}\r\n--${BOUNDARY}--\r\n`
  return Buffer.concat([...parts, rest].map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}
