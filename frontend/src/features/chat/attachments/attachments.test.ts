import {
  type Api,
  type ConnectionState,
  createApi,
  LecternError,
  type OutboxEntry,
  type OutgoingMessage,
  type Readable,
  type Upload,
  type UploadOptions,
  type UploadState,
} from '@lectern/client'
import type { FileRecord, FolderRecord } from '@lectern/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ClaimedUploads } from '../../../lectern/claimed-uploads.ts'
import { Attachments, type AttachmentsPorts } from './attachments.ts'

let stored: Map<string, string>
let storageListeners: Set<(event: { key: string }) => void>

beforeEach(() => {
  stored = new Map()
  storageListeners = new Set()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
  vi.stubGlobal('addEventListener', (_type: string, listener: (event: { key: string }) => void) =>
    storageListeners.add(listener),
  )
  vi.stubGlobal('removeEventListener', (_type: string, listener: (event: { key: string }) => void) =>
    storageListeners.delete(listener),
  )
  return () => vi.unstubAllGlobals()
})

class Changing<State> implements Readable<State> {
  readonly #listeners = new Set<() => void>()
  #state: State

  constructor(state: State) {
    this.#state = state
  }

  getSnapshot = (): State => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(state: State): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

const recordOf = (id: string, name: string): FileRecord => ({
  id,
  folder: 'chat',
  folder_id: 'folder',
  filename: name,
  original_name: name,
  mime_type: 'image/png',
  category: 'image',
  size: 3,
  sha256: '',
  uploaded_by: 'an',
  uploaded_by_name: 'An',
  course_id: 'c1',
  description: null,
  url: 'https://lectern.example/view',
  download_url: 'https://lectern.example/download',
  view_url: 'https://lectern.example/view',
  thumbnail_url: name.endsWith('.png') ? 'https://lectern.example/thumbnail' : null,
  created_at: '2026-03-02T05:00:00.000Z',
})

const FOLDER: FolderRecord = {
  id: 'folder',
  name: 'chat',
  owner_id: 'an',
  course_id: 'c1',
  visibility: 'shared',
  created_at: '2026-03-02T05:00:00.000Z',
}

/** Uploads that do what the test says, and an outbox that keeps what it is given until the test takes it out. */
class Machine implements Pick<AttachmentsPorts, 'client'> {
  readonly list = new Changing<readonly Upload[]>([])
  readonly outbox = new Changing<readonly OutboxEntry[]>([])
  readonly connection = new Changing<ConnectionState>({ status: 'online' })
  readonly sent: { clientId: string | undefined; message: OutgoingMessage }[] = []
  readonly deleted: string[] = []
  folder: () => ReturnType<Api['listFolders']> = async () => ({
    data: [FOLDER],
    meta: { limit: 100, next_cursor: null },
  })

  readonly client: AttachmentsPorts['client'] = {
    uploads: {
      list: this.list,
      atOnce: 3,
      start: (file: Blob, options: UploadOptions) => this.#start(file, options),
    },
    outbox: this.outbox,
    connection: this.connection,
    send: (courseId, message, clientId = '') => {
      this.sent.push({ clientId, message })
      const entry = {
        clientId,
        courseId,
        userId: 'an',
        content: message,
        createdAt: '',
        state: { kind: 'waiting' },
      } as const
      this.outbox.set([...this.outbox.getSnapshot(), entry])
      return clientId
    },
    api: {
      ...createApi({ url: 'http://nowhere.example' }),
      listFolders: () => this.folder(),
      deleteFile: async ({ params }: Parameters<Api['deleteFile']>[0]): Promise<never> => {
        this.deleted.push(params.file)
        return undefined as never
      },
    },
  }

  /** What another page has of the same uploads. */
  open(): Attachments {
    const attachments = new Attachments({ client: this.client, userId: 'an', claimed: new ClaimedUploads() })
    attachments.start()
    return attachments
  }

  become(name: string, state: UploadState): void {
    this.list.set(this.list.getSnapshot().map((upload) => (upload.name === name ? { ...upload, state } : upload)))
  }

  finish(name: string): void {
    this.become(name, { kind: 'done', file: recordOf(`file of ${name}`, name) })
  }

  /** The server has acked all that was sent. */
  ack(): void {
    this.outbox.set([])
  }

  get said(): (readonly [string | undefined, string, string | undefined])[] {
    return this.sent.map(({ message }) => [message.messageType, message.message, message.file?.original_name] as const)
  }

  #start(file: Blob, { folder, courseId = '' }: UploadOptions): Upload {
    const name = file instanceof File ? file.name : ''
    const leave = () => this.list.set(this.list.getSnapshot().filter((one) => one.id !== upload.id))
    const upload: Upload = {
      id: `upload of ${name}`,
      name,
      size: file.size,
      type: file.type,
      target: { folder, courseId },
      startedAt: '',
      state: { kind: 'waiting' },
      pause: () => undefined,
      resume: () => undefined,
      cancel: leave,
      dismiss: leave,
      retry: () => this.become(name, { kind: 'waiting' }),
      resumeWith: () => false,
      finished: () => Promise.reject(new LecternError('CLOSED', 'Never.')),
    }
    this.list.set([...this.list.getSnapshot(), upload])
    return upload
  }
}

const file = (name: string): File => new File(['abc'], name)
const saying = (message: string) => ({ message, mentions: [], replyTo: undefined })
const REFUSED: UploadState = {
  kind: 'failed',
  error: new LecternError('UNSUPPORTED_FILE_TYPE', 'No.'),
  retryable: false,
}

/** With these chosen, and begun. */
async function attached(machine: Machine, ...names: readonly string[]): Promise<Attachments> {
  const attachments = machine.open()
  attachments.add('c1', names.map(file))
  await vi.waitFor(() => expect(machine.list.getSnapshot()).toHaveLength(names.length))
  return attachments
}

describe('what is attached to a message', () => {
  it('goes out once all are uploaded and the person has said so, one message each, in order', async () => {
    const machine = new Machine()
    const attachments = await attached(machine, 'a.png', 'b.pdf', 'c.png')
    machine.finish('a.png')
    expect(machine.said).toEqual([])
    attachments.submit('c1', saying('Look'))
    machine.finish('c.png')
    expect(machine.said).toEqual([['image', 'Look', 'a.png']])
    machine.finish('b.pdf')
    expect(machine.said.slice(1)).toEqual([
      ['file', '', 'b.pdf'],
      ['image', '', 'c.png'],
    ])
    machine.ack()
    expect(attachments.getSnapshot()).toEqual([])
    expect(stored.size).toBe(0)
  })

  it('waits for nothing of another message', async () => {
    const machine = new Machine()
    const attachments = await attached(machine, 'a.png')
    attachments.submit('c1', saying('first'))
    attachments.add('c1', [file('b.png')])
    await vi.waitFor(() => expect(machine.list.getSnapshot()).toHaveLength(2))
    attachments.submit('c1', saying('second'))
    machine.finish('b.png')
    expect(machine.said).toEqual([['image', 'second', 'b.png']])
  })

  it('is not held up by what is refused, whose text goes out with the next when it is taken back', async () => {
    const machine = new Machine()
    const attachments = await attached(machine, 'a.png', 'b.png', 'c.png')
    attachments.submit('c1', saying('Look'))
    machine.become('a.png', REFUSED)
    machine.finish('b.png')
    expect(machine.said).toEqual([['image', '', 'b.png']])
    attachments.remove(attachments.getSnapshot()[0]?.id ?? '')
    machine.finish('c.png')
    expect(machine.said.at(-1)).toEqual(['image', 'Look', 'c.png'])
  })

  it('survives a reload, and goes out under the same client id, whenever the page ended', async () => {
    const machine = new Machine()
    const before = await attached(machine, 'a.png')
    before.submit('c1', saying('Look'))
    const [{ id } = { id: '' }] = before.getSnapshot()
    machine.finish('a.png')
    // The page ends before it hears of the ack.
    const after = new Machine()
    const reopened = after.open()
    expect(after.said).toEqual([['image', 'Look', 'a.png']])
    expect([...machine.sent, ...after.sent].map(({ clientId }) => clientId)).toEqual([id, id])
    after.ack()
    expect(reopened.getSnapshot()).toEqual([])
    expect(stored.size).toBe(0)
  })

  it('is another tab’s too: what one takes back, the other no longer has', async () => {
    const machine = new Machine()
    const here = await attached(machine, 'a.png')
    const there = machine.open()
    expect(there.getSnapshot()).toHaveLength(1)
    here.remove(here.getSnapshot()[0]?.id ?? '')
    for (const listener of storageListeners) listener({ key: 'lectern.attachments.an' })
    expect(there.getSnapshot()).toEqual([])
  })

  it('is kept for its own person alone, and only where it is what was written', async () => {
    const machine = new Machine()
    const attachments = await attached(machine, 'a.png')
    expect(attachments.getSnapshot()).toHaveLength(1)
    expect([...stored.keys()]).toEqual(['lectern.attachments.an'])
    for (const nonsense of ['{', '{}', '[1, null, {"id": 1}]', '[{"id":"x","courseId":"c1","name":"a","size":"3"}]']) {
      stored.set('lectern.attachments.an', nonsense)
      expect(machine.open().getSnapshot()).toEqual([])
    }
  })

  it('that is uploaded is deleted when it is taken back', async () => {
    const machine = new Machine()
    const attachments = await attached(machine, 'a.png')
    machine.finish('a.png')
    attachments.remove(attachments.getSnapshot()[0]?.id ?? '')
    expect(machine.deleted).toEqual(['a.png'])
    expect(attachments.getSnapshot()).toEqual([])
  })

  it('begins when there is a network, where there was none', async () => {
    const machine = new Machine()
    const { folder } = machine
    machine.folder = () => Promise.reject(new LecternError('NETWORK', 'Offline.'))
    const attachments = machine.open()
    attachments.add('c1', [file('a.png')])
    await vi.waitFor(() => expect(attachments.getSnapshot()[0]?.problem).toBeInstanceOf(LecternError))
    machine.folder = folder
    machine.connection.set({ status: 'online' })
    await vi.waitFor(() => expect(machine.list.getSnapshot()).toHaveLength(1))
  })

  it('is refused before it is sent where the server would', () => {
    const attachments = new Machine().open()
    attachments.add('c1', [file('run.exe')])
    expect(attachments.refused.getSnapshot()).toMatchObject([{ name: 'run.exe', refusal: { kind: 'type' } }])
    expect(attachments.getSnapshot()).toEqual([])
  })

  it('is claimed while its course is shown', async () => {
    const machine = new Machine()
    const claimed = new ClaimedUploads()
    const attachments = new Attachments({ client: machine.client, userId: 'an', claimed })
    attachments.start()
    const hide = attachments.show('c1')
    attachments.add('c1', [file('a.png')])
    await vi.waitFor(() => expect([...claimed.getSnapshot()]).toEqual(['upload of a.png']))
    hide()
    expect(claimed.getSnapshot().size).toBe(0)
  })
})
