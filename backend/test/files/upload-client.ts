import { API_BASE, type FileRecord, failure, fileRecord, type WireError } from '@lectern/protocol'
import { z } from 'zod'
import type { TestServer } from '../harness/start-test-server.ts'

export interface UploadAnswer {
  readonly status: number
  readonly headers: Headers
  readonly data: unknown
  readonly error: WireError | undefined
}

/** `[field, value]`, in the order in which they are sent. */
export type Parts = readonly (readonly [string, string | File])[]

const envelope = z.object({ data: z.unknown() })

/** Sends a form as a browser does. */
export async function sendForm(
  server: Pick<TestServer, 'url'>,
  token: string,
  path: '/files/upload' | '/files/upload/multiple',
  parts: Parts,
): Promise<UploadAnswer> {
  const body = new FormData()
  for (const [name, value] of parts) body.append(name, value)
  const headers = { Authorization: `Bearer ${token}` }
  const response = await fetch(`${server.url}${API_BASE}${path}`, { method: 'POST', headers, body })
  return answerOf(response)
}

export async function answerOf(response: Response): Promise<UploadAnswer> {
  const text = await response.text()
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return {
    status: response.status,
    headers: response.headers,
    data: envelope.safeParse(body).data?.data,
    error: failure.safeParse(body).data?.error,
  }
}

/** A PDF of exactly so many bytes. */
export function pdf(name: string, bytes = 2000): File {
  return new File([pdfBytes(bytes)], name, { type: 'application/pdf' })
}

export function pdfBytes(bytes: number): Buffer<ArrayBuffer> {
  const content = Buffer.alloc(bytes, 'x')
  content.write('%PDF-1.7\n%âãÏÓ\n')
  content.write('\n%%EOF\n', bytes - 7)
  return content
}

export const recordOf = (answer: UploadAnswer): FileRecord => fileRecord.parse(answer.data)
