import { API_BASE, type FileRecord, fileRecord } from '@lectern/protocol'

export interface UploadedFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly folder: string
  readonly courseId?: string
}

/** Uploads as a form. @throws Error with the answer's text when it is refused */
export async function upload(
  { url, token }: { readonly url: string; readonly token: string },
  { name, bytes, folder, courseId }: UploadedFile,
): Promise<FileRecord> {
  const form = new FormData()
  form.set('file', new Blob([bytes]), name)
  form.set('folder', folder)
  if (courseId !== undefined) form.set('course_id', courseId)
  const response = await fetch(`${url}${API_BASE}/files/upload`, {
    method: 'POST',
    body: form,
    headers: { Authorization: `Bearer ${token}` },
  })
  const text = await response.text()
  if (response.status !== 201) throw new Error(`Uploading ${name}: ${response.status} ${text}`)
  return fileRecord.parse(JSON.parse(text).data)
}
