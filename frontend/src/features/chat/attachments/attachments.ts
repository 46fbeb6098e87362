import { createClientId, type LecternClient, LecternError, type Readable, type Upload } from '@lectern/client'
import type { FileRecord } from '@lectern/protocol'
import type { ClaimedUploads } from '../../../lectern/claimed-uploads.ts'
import { RefusedFiles } from '../../../lectern/refused-files.ts'
import { refusalOf } from '../../../lectern/upload-refusal.ts'
import type { Attachment, Caption } from './attachment.ts'
import { keyOf } from './attachments-key.ts'
import { chatFolder } from './chat-folder.ts'
import { readAttachments, writeAttachments } from './kept-attachments.ts'

export interface HeldAttachment extends Attachment {
  /** Where it was chosen on this page. */
  readonly source: File | undefined
  /** Why it could not begin to be uploaded. */
  readonly problem: unknown
  /** The outbox has it: it is an own message like any other from then on. */
  readonly isHanded: boolean
}

export interface AttachmentsPorts {
  readonly client: Pick<LecternClient, 'uploads' | 'outbox' | 'connection' | 'send'> & {
    readonly api: Pick<LecternClient['api'], 'listFolders' | 'createFolder' | 'deleteFile'>
  }
  readonly userId: string
  /** Told what is shown in a chat. */
  readonly claimed: Pick<ClaimedUploads, 'set'>
}

/** What is said with what is attached. */
export type Said = Pick<Caption, 'mentions' | 'replyTo'> & { readonly message: string }

/**
 * Files that one attaches to messages: uploaded from the moment they are chosen, and sent, each as a message of its own,
 * once they are there and the person has said so, in whichever order the two happen. Also on other pages, and after a
 * reload.
 */
export class Attachments implements Readable<readonly HeldAttachment[]> {
  /** What was chosen, and cannot be sent. */
  readonly refused = new RefusedFiles()
  readonly #ports: AttachmentsPorts
  readonly #listeners = new Set<() => void>()
  readonly #folders = new Map<string, Promise<string>>()
  /** What was here: a tab that has not heard of it may still have it. */
  readonly #gone = new Set<string>()
  #list: readonly HeldAttachment[]
  #shownCourse: string | undefined

  constructor(ports: AttachmentsPorts) {
    this.#ports = ports
    this.#list = readAttachments(ports.userId).map(held)
  }

  readonly getSnapshot = (): readonly HeldAttachment[] => this.#list

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @returns stops following uploads, outbox and other tabs */
  start(): () => void {
    const { client, userId } = this.#ports
    const onStorage = ({ key }: StorageEvent): void => {
      if (key === keyOf(userId)) this.#follow()
    }
    addEventListener('storage', onStorage)
    const stops = [
      client.uploads.list.subscribe(() => this.#look()),
      client.outbox.subscribe(() => this.#settle()),
      client.connection.subscribe(() => this.#wake()),
    ]
    this.#look()
    return () => {
      removeEventListener('storage', onStorage)
      for (const stop of stops) stop()
    }
  }

  /** What is attached in this course is on the page. @returns it no longer is */
  show(courseId: string): () => void {
    this.#shownCourse = courseId
    this.#claim()
    return () => {
      this.#shownCourse = undefined
      this.refused.clear()
      this.#claim()
    }
  }

  /** Begins to upload what can be sent; the rest is in `refused`. */
  add(courseId: string, files: readonly File[]): void {
    const added = files.flatMap((source) => {
      const refusal = refusalOf(source)
      if (refusal !== undefined) this.refused.add(source, refusal)
      return refusal === undefined ? [newAttachment(courseId, source)] : []
    })
    if (added.length === 0) return
    this.#change([...this.#list, ...added])
    for (const { id, source } of added) void this.#begin(id, courseId, source)
  }

  /** Sends what is attached in this course, the first with the text, as soon as it is uploaded. */
  submit(courseId: string, { message, mentions, replyTo }: Said): void {
    const [first, ...rest] = this.#list.filter((one) => one.courseId === courseId && one.caption === undefined)
    if (first === undefined) return
    const others = new Set(rest.map(({ id }) => id))
    const caption = { batch: first.id, sentAt: new Date().toISOString() }
    this.#change(
      this.#list.map((one) => {
        if (one.id === first.id) return { ...one, caption: { ...caption, text: message, mentions, replyTo } }
        return others.has(one.id) ? { ...one, caption: { ...caption, ...NOTHING_SAID } } : one
      }),
    )
    this.#advance()
  }

  /** Takes it back. What is uploaded already is deleted. */
  remove(id: string): void {
    const one = this.#find(id)
    if (one === undefined) return
    const upload = this.#uploadOf(one)
    this.#drop(new Set([id]))
    upload?.cancel()
    if (one.file !== undefined) void this.#delete(one.file)
    this.#advance()
  }

  retry(id: string): void {
    const one = this.#find(id)
    if (one === undefined) return
    const upload = this.#uploadOf(one)
    if (one.source !== undefined && (upload === undefined || isFolderGone(upload))) this.#beginAnew(one, one.source)
    else upload?.retry()
  }

  #beginAnew({ id, courseId, uploadId }: HeldAttachment, source: File): void {
    this.#folders.delete(courseId)
    const upload = this.#uploadOf({ uploadId })
    this.#update(id, { uploadId: undefined, problem: undefined })
    upload?.dismiss()
    void this.#begin(id, courseId, source)
  }

  async #begin(id: string, courseId: string, source: File): Promise<void> {
    try {
      const folder = await this.#folderOf(courseId)
      if (this.#find(id) === undefined) return
      const upload = this.#ports.client.uploads.start(source, { folder, courseId })
      this.#update(id, { uploadId: upload.id, problem: undefined })
    } catch (problem) {
      this.#update(id, { problem })
    }
  }

  #folderOf(courseId: string): Promise<string> {
    const known = this.#folders.get(courseId)
    if (known !== undefined) return known
    const asked = chatFolder(this.#ports.client.api, courseId)
    this.#folders.set(courseId, asked)
    asked.catch(() => this.#folders.delete(courseId))
    return asked
  }

  /** What could not begin for want of a network begins now. */
  #wake(): void {
    if (this.#ports.client.connection.getSnapshot().status !== 'online') return
    for (const { id, uploadId, problem } of this.#list) if (uploadId === undefined && mayPass(problem)) this.retry(id)
  }

  /** Takes the records of what is uploaded. */
  #look(): void {
    for (const one of this.#list) {
      const upload = one.file === undefined ? this.#uploadOf(one) : undefined
      if (upload?.state.kind !== 'done') continue
      this.#update(one.id, { file: upload.state.file })
      upload.dismiss()
    }
    this.#advance()
  }

  /** Sends what is ready, in order. */
  #advance(): void {
    for (const { id } of this.#list) {
      const one = this.#find(id)
      if (one?.file === undefined || one.caption === undefined || one.isHanded || !this.#isNext(one)) continue
      this.#ports.client.send(one.courseId, messageOf(one.file, one.caption), id)
      this.#update(id, { isHanded: true })
    }
  }

  /** What waits for the person holds nothing up. */
  #isNext({ id, caption }: HeldAttachment): boolean {
    const batch = this.#list.filter((other) => other.caption?.batch === caption?.batch)
    const before = batch.slice(
      0,
      batch.findIndex((other) => other.id === id),
    )
    return before.every((other) => other.isHanded || this.#isStuck(other))
  }

  #isStuck(one: HeldAttachment): boolean {
    if (one.file !== undefined) return false
    const kind = this.#uploadOf(one)?.state.kind
    return kind === 'failed' || kind === 'needs_file' || (one.problem !== undefined && !mayPass(one.problem))
  }

  /** What has left the outbox was sent, or taken back. */
  #settle(): void {
    const unsent = new Set(this.#ports.client.outbox.getSnapshot().map(({ clientId }) => clientId))
    const settled = this.#list.filter(({ id, isHanded }) => isHanded && !unsent.has(id))
    if (settled.length > 0) this.#drop(new Set(settled.map(({ id }) => id)))
  }

  async #delete({ folder_id: folder, filename: file }: FileRecord): Promise<void> {
    try {
      await this.#ports.client.api.deleteFile({ params: { folder, file } })
    } catch {
      // It stays among the course's files, where it can be deleted.
    }
  }

  /** The text of what is taken back goes out with the next. */
  #drop(ids: ReadonlySet<string>): void {
    for (const id of ids) this.#gone.add(id)
    const left = this.#list.filter(({ id }) => !ids.has(id))
    const lost = this.#list.filter(({ id, isHanded, caption }) => ids.has(id) && !isHanded && caption?.text)
    this.#change(lost.reduce(withTextOf, left))
  }

  #update(id: string, change: Partial<HeldAttachment>): void {
    this.#change(this.#list.map((one) => (one.id === id ? { ...one, ...change } : one)))
  }

  /** Other tabs may have attached something meanwhile, of which this one has not heard yet. */
  #change(next: readonly HeldAttachment[]): void {
    const known = new Set(next.map(({ id }) => id))
    const others = readAttachments(this.#ports.userId).filter(({ id }) => !known.has(id) && !this.#gone.has(id))
    this.#become([...next, ...others.map(held)])
    writeAttachments(this.#ports.userId, this.#list.map(kept))
  }

  /** Another tab has changed what is kept. */
  #follow(): void {
    const stored = new Map(readAttachments(this.#ports.userId).map((one) => [one.id, one]))
    const ours = this.#list.filter(({ id, uploadId }) => uploadId === undefined || stored.has(id))
    const merged = ours.map((one) => {
      const theirs = stored.get(one.id)
      return { ...one, file: one.file ?? theirs?.file, caption: one.caption ?? theirs?.caption }
    })
    const known = new Set(ours.map(({ id }) => id))
    const others = [...stored.values()].filter(({ id }) => !known.has(id) && !this.#gone.has(id))
    this.#become([...merged, ...others.map(held)])
    this.#look()
  }

  #claim(): void {
    const shown = this.#list.filter(({ courseId }) => courseId === this.#shownCourse)
    this.#ports.claimed.set(shown.flatMap(({ uploadId }) => uploadId ?? []))
  }

  #become(list: readonly HeldAttachment[]): void {
    this.#list = list
    this.#claim()
    for (const listener of this.#listeners) listener()
  }

  #find(id: string): HeldAttachment | undefined {
    return this.#list.find((one) => one.id === id)
  }

  #uploadOf({ uploadId }: Pick<Attachment, 'uploadId'>): Upload | undefined {
    return this.#ports.client.uploads.list.getSnapshot().find(({ id }) => id === uploadId)
  }
}

const NOTHING_SAID = { text: '', mentions: [], replyTo: undefined } as const

/** Or others' by now: another one takes it. */
export const isFolderGone = ({ state }: Upload): boolean =>
  state.kind === 'failed' && (state.error.code === 'NOT_FOUND' || state.error.code === 'FORBIDDEN')

const mayPass = (problem: unknown): boolean => problem instanceof LecternError && problem.shouldRetry()

const newAttachment = (courseId: string, source: File): HeldAttachment & { readonly source: File } => {
  const { name, size } = source
  const begun = { uploadId: undefined, file: undefined, caption: undefined, problem: undefined, isHanded: false }
  return { id: createClientId(), courseId, name, size, source, ...begun }
}

const held = (attachment: Attachment): HeldAttachment => ({
  ...attachment,
  source: undefined,
  problem: undefined,
  isHanded: false,
})

const kept = ({ id, courseId, name, size, uploadId, file, caption }: HeldAttachment): Attachment => ({
  id,
  courseId,
  name,
  size,
  uploadId,
  file,
  caption,
})

function withTextOf(left: readonly HeldAttachment[], { caption: lost }: HeldAttachment): readonly HeldAttachment[] {
  const next = left.find(({ caption, isHanded }) => caption?.batch === lost?.batch && !isHanded)
  if (lost === undefined || next?.caption === undefined) return left
  const { text, mentions, replyTo } = lost
  return left.map((one) =>
    one === next && one.caption ? { ...one, caption: { ...one.caption, text, mentions, replyTo } } : one,
  )
}

/** Only what can be drawn as a picture everywhere is sent as one. */
function messageOf(file: FileRecord, { text, mentions, replyTo }: Caption) {
  return {
    message: text,
    messageType: file.thumbnail_url === null ? ('file' as const) : ('image' as const),
    file,
    mentions,
    ...(replyTo === undefined ? {} : { replyTo }),
  }
}
