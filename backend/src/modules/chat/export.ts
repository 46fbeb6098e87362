import { type ExportFormat, toTime } from '@lectern/protocol'
import { CSV_BOM, csvRecord } from '../../shared/csv.ts'
import type { StoredMessage } from './chat.records.types.ts'
import type { FilePort } from './chat.types.ts'
import { attachedName, htmlFoot, htmlHead, htmlMessages } from './export-html.ts'
import { toMessage } from './message-record.ts'

export interface Exported {
  readonly title: string
  /** Who exports: `client_id` is told of their own messages alone. */
  readonly userId: string
  readonly files: Pick<FilePort, 'toRecord'>
  /** Milliseconds since the epoch. */
  readonly now: number
}

type Pages = AsyncIterable<readonly StoredMessage[]>

/** The file in pieces, each made when it is asked for. */
export function exportChunks(format: ExportFormat, pages: Pages, exported: Exported): AsyncGenerator<string> {
  switch (format) {
    case 'jsonl':
      return jsonl(pages, exported)
    case 'csv':
      return csv(pages)
    case 'html':
      return html(pages, exported)
  }
}

async function* jsonl(pages: Pages, { userId: forUserId, files }: Exported): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map((message) => `${JSON.stringify(toMessage(message, { forUserId, files }))}\n`).join('')
  }
}

const COLUMNS: Record<string, (message: StoredMessage) => string | number | null> = {
  seq: ({ seq }) => seq,
  created_at: ({ created_at }) => toTime(created_at),
  user_id: ({ user_id }) => user_id,
  user_name: ({ user_name }) => user_name,
  user_role: ({ user_role }) => user_role,
  message_type: ({ message_type }) => message_type,
  message: ({ message }) => message,
  file: ({ file }) => (file === null ? null : attachedName(file)),
  system: ({ system }) => (system === null ? null : JSON.stringify(system)),
  reply_to_id: ({ reply_to_id }) => reply_to_id,
  reactions: ({ reactions }) => reactions.map(({ emoji, user_ids }) => `${emoji} ${user_ids.length}`).join('; '),
  mentions: ({ mentions }) => mentions.map(({ user_name }) => user_name).join('; '),
  pinned_at: ({ pinned_at }) => timeOrNull(pinned_at),
  edited_at: ({ edited_at }) => timeOrNull(edited_at),
  deleted_at: ({ deleted_at }) => timeOrNull(deleted_at),
  id: ({ id }) => id,
}

const timeOrNull = (at: number | null): string | null => (at === null ? null : toTime(at))

async function* csv(pages: Pages): AsyncGenerator<string> {
  yield CSV_BOM + csvRecord(Object.keys(COLUMNS))
  const cells = Object.values(COLUMNS)
  for await (const page of pages) yield page.map((message) => csvRecord(cells.map((cell) => cell(message)))).join('')
}

async function* html(pages: Pages, { title, now }: Exported): AsyncGenerator<string> {
  yield htmlHead(title, now)
  let day = ''
  for await (const page of pages) {
    const part = htmlMessages(page, day)
    day = part.day
    yield part.html
  }
  yield htmlFoot
}
