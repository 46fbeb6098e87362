import type { JoinAnswer, Mention, MessageFile, MessageRecord, MessagesMeta, UnreadRecord } from '@lectern/protocol'

export const EPOCH = 'epoch-1'
export const ME = 'me'

export interface Sent {
  readonly by: string
  readonly text?: string
  readonly replyTo?: string
  readonly mentions?: readonly string[]
  readonly clientId?: string
  readonly isSystem?: boolean
  readonly file?: MessageFile
}

const at = (rev: number): string => new Date(Date.UTC(2026, 0, 1) + rev * 1_000).toISOString()
const mentionOf = (user_id: string): Mention => ({ user_id, user_name: user_id })

/** What may happen to a message, its file included. */
export type Change = 'edit' | 'react' | 'pin' | 'delete' | 'rename_file' | 'delete_file'

/** A course's log as the server keeps it, in the plainest way: every version of every message, read as of any rev. */
export class CourseLog {
  /** By rev, from 1 on; `reply_to` is filled in when read. */
  readonly #versions: MessageRecord[] = []
  #lastSeq = 0
  readonly #read = new Map<number, readonly MessageRecord[]>()

  get lastRev(): number {
    return this.#versions.length
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  send({ by, text = 'hello', replyTo, mentions = [], clientId, isSystem = false, file }: Sent): MessageRecord {
    const seq = ++this.#lastSeq
    return this.#write({
      id: `m${seq}`,
      seq,
      rev: 0,
      course_id: 'course',
      user_id: isSystem ? null : by,
      user_name: by,
      user_role: isSystem ? 'system' : 'student',
      message: text,
      message_type: typeOf(isSystem, file),
      reply_to_id: replyTo ?? null,
      reply_to: null,
      file: file ?? null,
      client_id: by === ME ? (clientId ?? null) : null,
      reactions: [],
      mentions: mentions.map(mentionOf),
      pinned_at: null,
      edited_at: null,
      deleted_at: null,
      created_at: at(seq),
      system: isSystem ? { kind: 'test' } : null,
    })
  }

  /** What changes nothing, or what is deleted, takes no rev. */
  change(id: string, kind: Change): MessageRecord | undefined {
    const known = this.#versions.findLast((version) => version.id === id)
    if (known === undefined || known.deleted_at !== null) return undefined
    const rev = this.lastRev + 1
    const user_ids = [...(known.reactions[0]?.user_ids ?? []), `user-${rev}`]
    const changed = {
      edit: { message: `edited at ${rev}`, edited_at: at(rev) },
      react: { reactions: [{ emoji: '👍', count: user_ids.length, user_ids }] },
      pin: { pinned_at: at(rev) },
      delete: { message: '', file: null, reactions: [], deleted_at: at(rev) },
      rename_file: { file: renamed(known.file, `renamed at ${rev}.png`) },
      delete_file: { file: gone(known.file) },
    }
    return this.#write({ ...known, ...changed[kind] })
  }

  /** Everything as of a rev, by `seq`. */
  read(asOf = this.lastRev): readonly MessageRecord[] {
    const known = this.#read.get(asOf)
    if (known !== undefined) return known
    const newest = new Map<string, MessageRecord>()
    for (const version of this.#versions.slice(0, asOf)) newest.set(version.id, version)
    const messages = [...newest.values()].map((message) => ({
      ...message,
      reply_to: replyOf(newest.get(message.reply_to_id ?? '')),
    }))
    this.#read.set(asOf, messages)
    return messages
  }

  /** The message that a rev changed, as it was then. */
  version(rev: number): MessageRecord {
    const id = this.#versions[rev - 1]?.id
    const message = this.read(rev).find((candidate) => candidate.id === id)
    if (message === undefined) throw new Error(`There is no rev ${rev}.`)
    return message
  }

  page(fromSeq: number, toSeq: number, asOf = this.lastRev): { messages: MessageRecord[]; meta: MessagesMeta } {
    const messages = this.read(asOf).filter(({ seq }) => seq >= fromSeq && seq <= toSeq)
    return { messages, meta: this.#meta(asOf) }
  }

  changesSince(since: number, limit = 500, asOf = this.lastRev): { messages: MessageRecord[]; meta: MessagesMeta } {
    const all = this.read(asOf).filter(({ rev }) => rev > since)
    const messages = all.toSorted((a, b) => a.rev - b.rev).slice(0, limit)
    return { messages, meta: { ...this.#meta(asOf), more: all.length > limit } }
  }

  join(since: number | undefined, limit = 500, asOf = this.lastRev): JoinAnswer {
    const { messages, meta } = this.changesSince(since ?? asOf, limit, asOf)
    return {
      courseId: 'course',
      role: 'student',
      epoch: EPOCH,
      lastSeq: meta.last_seq,
      lastRev: meta.last_rev,
      onlineUsers: [],
      onlineCount: 0,
      changes: messages,
      more: meta.more === true,
      reset: false,
    }
  }

  unread(mark: number, asOf = this.lastRev): UnreadRecord {
    const counted = this.read(asOf).filter(
      ({ seq, user_id, message_type, deleted_at }) =>
        seq > mark && user_id !== ME && message_type !== 'system' && deleted_at === null,
    )
    const named = counted.filter(({ mentions }) => mentions.some(({ user_id }) => user_id === ME || user_id === 'all'))
    return { course_id: 'course', unread: counted.length, mentions: named.length, last_read_seq: mark }
  }

  #meta(asOf: number): MessagesMeta {
    const last_seq = Math.max(0, ...this.#versions.slice(0, asOf).map(({ seq }) => seq))
    return { limit: 100, next_cursor: null, last_seq, last_rev: asOf, epoch: EPOCH }
  }

  #write(message: MessageRecord): MessageRecord {
    this.#versions.push({ ...message, rev: this.lastRev + 1 })
    return this.version(this.lastRev)
  }
}

/** As a room has it: of a deleted message not even when it was edited or pinned. */
export const asShown = (message: MessageRecord): MessageRecord =>
  message.deleted_at === null ? message : { ...message, edited_at: null, pinned_at: null }

const typeOf = (isSystem: boolean, file: MessageFile | undefined): MessageRecord['message_type'] => {
  if (isSystem) return 'system'
  return file === undefined ? 'text' : 'image'
}

const renamed = (file: MessageFile | null, name: string): MessageFile | null =>
  file === null || 'deleted' in file ? file : { ...file, filename: name, original_name: name }

const gone = (file: MessageFile | null): MessageFile | null =>
  file === null ? null : { id: file.id, original_name: file.original_name, deleted: true }

function replyOf(original: MessageRecord | undefined): MessageRecord['reply_to'] {
  if (original === undefined) return null
  const { id, user_id, user_name, message, message_type, deleted_at } = original
  return { id, user_id, user_name, message, message_type, deleted_at }
}
