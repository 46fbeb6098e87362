import { API_BASE, type FileRecord, type FolderRecord, fileRecord, folderRecord } from '@lectern/protocol'
import { Classroom } from '../chat/classroom.ts'
import type { TestServer } from '../harness/start-test-server.ts'
import type { TestApi } from '../harness/test-api.ts'
import type { TestClaims } from '../harness/test-token.ts'
import { answerOf, pdf, type UploadAnswer } from './upload-client.ts'

export interface UploadOptions {
  readonly folder: string
  readonly course_id?: string
  readonly name?: string
  readonly bytes?: number
}

/** Somebody who calls with the token that they were given at the beginning. */
export interface Person {
  readonly id: string
  readonly token: string
  readonly api: TestApi
  /** As it is answered, whichever it is. */
  upload(options: UploadOptions): Promise<UploadAnswer>
  /** The record. @throws Error when it fails */
  store(options: UploadOptions): Promise<FileRecord>
  /** @throws Error when it fails */
  makeFolder(body: { name: string; course_id?: string; visibility?: string }): Promise<FolderRecord>
  /** The status of reading the bytes, and that of reading the record. */
  reads(file: Pick<FileRecord, 'folder_id' | 'filename' | 'id'>): Promise<readonly number[]>
}

/** A course of its own with people of its own, on a server that tests share. */
export class School {
  readonly room: Classroom
  readonly #server: TestServer

  constructor(server: TestServer) {
    this.#server = server
    this.room = new Classroom(server)
  }

  get courseId(): string {
    return this.room.courseId
  }

  /** A folder's name, as two tests do not share one. */
  name(word: string): string {
    return `${word} ${this.room.courseId}`
  }

  teacher = (name = 'teacher') => this.person(this.room.claims(name, 'teacher'))
  assistant = (name = 'assistant') => this.person(this.room.claims(name, 'assistant'))
  student = (name = 'student') => this.person(this.room.claims(name))
  stranger = (name = 'stranger') => this.person(this.room.stranger(name))
  admin = () => this.person({ sub: this.room.id('admin'), role: 'admin' })
  globalTeacher = () => this.person({ ...this.room.stranger('globalTeacher'), role: 'teacher' })

  async person(claims: TestClaims): Promise<Person> {
    return this.bearer(claims.sub, await this.#server.token(claims))
  }

  /** Who calls with this token. */
  async bearer(id: string, token: string): Promise<Person> {
    const api = await this.#server.api(token === '' ? undefined : token)
    const upload = (options: UploadOptions) => this.#upload(token, options)
    return {
      id,
      token,
      api,
      upload,
      store: async (options) => fileRecord.parse(unlessFailed(await upload(options)).data),
      makeFolder: async (body) => folderRecord.parse(unlessFailed(await api.post('/files/folders', body)).data),
      reads: (file) => statusesOf(api, file),
    }
  }

  /** Not signed in. */
  nobody = () => this.bearer('', '')

  async #upload(token: string, { folder, course_id, name = 'bai.pdf', bytes }: UploadOptions): Promise<UploadAnswer> {
    const form = new FormData()
    form.append('file', pdf(name, bytes))
    form.append('folder', folder)
    if (course_id !== undefined) form.append('course_id', course_id)
    const headers = { Authorization: `Bearer ${token}` }
    const sent = await fetch(`${this.#server.url}${API_BASE}/files/upload`, { method: 'POST', headers, body: form })
    return answerOf(sent)
  }
}

export async function statusesOf(
  api: TestApi,
  { folder_id, filename, id }: Pick<FileRecord, 'folder_id' | 'filename' | 'id'>,
): Promise<readonly number[]> {
  const place = `${folder_id}/${encodeURIComponent(filename)}`
  const paths = [`/files/download/${place}`, `/files/info/${place}`, `/files/record/${id}`]
  return Promise.all(paths.map(async (path) => (await api.get(path)).status))
}

function unlessFailed<Answer extends { readonly status: number; readonly error: unknown }>(answer: Answer): Answer {
  if (answer.status >= 400) throw new Error(`${answer.status}: ${JSON.stringify(answer.error)}`)
  return answer
}
