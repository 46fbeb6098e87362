import { z } from 'zod'
import { messageType } from './chat.ts'
import { pageFields } from './envelope.ts'
import { LIMITS } from './limits.ts'
import { id, mentionTarget, queryInteger, timeZone } from './scalars.ts'
import { wireInput } from './spelling.ts'
import { clientId, text } from './text.ts'
import { timeInput } from './times.ts'

/** `system` is the server's alone. */
export const sentType = messageType.exclude(['system'])
export type SentType = z.infer<typeof sentType>

const unique = <Item>(items: Item[]): Item[] => [...new Set(items)]

/** What somebody sends, but for the course, which is the event's field or the route's parameter. */
export const sendFields = {
  message: text(0, LIMITS.message).meta({
    description: `1 to ${LIMITS.message} UTF-16 units after trimming; a \`file\` or \`image\` may be empty.`,
    examples: ['Hello!'],
  }),
  message_type: sentType.default('text').describe('`announcement`: staff alone.'),
  reply_to_id: id.exactOptional().describe('A message of the same course.'),
  file_id: id.exactOptional().describe('Needed by `file` and `image`.'),
  client_id: clientId.exactOptional().describe('Makes sending safe to repeat.'),
  mentions: z
    .array(mentionTarget)
    .max(LIMITS.mentions)
    .overwrite(unique)
    .default([])
    .describe('Ids of enrolled people; staff also `all`.'),
}

interface Sent {
  message: string
  message_type: SentType
  file_id?: string
}

/** What one field alone cannot tell. To be put on every schema that holds `sendFields`. */
export const checkSent = (sent: Sent, context: z.RefinementCtx): void => {
  const bearsFile = sent.message_type === 'file' || sent.message_type === 'image'
  if (bearsFile && sent.file_id === undefined) {
    context.addIssue({ code: 'custom', path: ['file_id'], message: `a message of type ${sent.message_type} needs one` })
  }
  if (!bearsFile && sent.message === '') {
    context.addIssue({ code: 'custom', path: ['message'], message: 'must not be empty' })
  }
}

export const sendBody = wireInput(sendFields).superRefine(checkSent)
export type SendBody = z.output<typeof sendBody>

/** Whether it may be empty, the message that it is for decides. */
export const editedText = text(0, LIMITS.message).meta({
  description: 'Empty only for a message that bears a file.',
  examples: ['Hello, all!'],
})
export const editBody = wireInput({ message: editedText })
export type EditBody = z.output<typeof editBody>

export const messageParams = wireInput({ messageId: id })
export const typeParams = wireInput({ courseId: id, type: messageType })

const seqOrRev = queryInteger(0).exactOptional()
const messagesFields = {
  ...pageFields,
  limit: queryInteger(LIMITS.pageMin, LIMITS.pageMax)
    .exactOptional()
    .describe(`Default ${LIMITS.pageDefault}; with \`since_rev\` without a limit: up to ${LIMITS.changes}.`),
  before: seqOrRev.describe('A `seq`: older than it, newest first.'),
  after: seqOrRev.describe('A `seq`: newer than it, oldest first.'),
  since_rev: seqOrRev.describe('A `rev`: what changed after it, by `rev`.'),
}

const hasOneStart = (query: { before?: number; after?: number; since_rev?: number }): boolean =>
  [query.before, query.after, query.since_rev].filter((start) => start !== undefined).length <= 1

/** Where a page of messages begins. A cursor knows its own direction, so it overrules a repeated `before` or `after`. */
export type MessagesStart =
  | { readonly kind: 'latest' }
  | { readonly kind: 'before' | 'after'; readonly seq: number }
  | { readonly kind: 'changes'; readonly sinceRev: number }
  | { readonly kind: 'cursor'; readonly cursor: string }

interface Start {
  before?: number
  after?: number
  since_rev?: number
  cursor?: string
}

const startOf = ({ before, after, since_rev, cursor }: Start): MessagesStart => {
  if (since_rev !== undefined) return { kind: 'changes', sinceRev: since_rev }
  if (cursor !== undefined) return { kind: 'cursor', cursor }
  if (before !== undefined) return { kind: 'before', seq: before }
  if (after !== undefined) return { kind: 'after', seq: after }
  return { kind: 'latest' }
}

export const messagesQuery = wireInput(messagesFields)
  .refine(hasOneStart, { path: ['before'], message: 'before, after and since_rev exclude each other' })
  .refine((query) => query.since_rev === undefined || query.cursor === undefined, {
    path: ['cursor'],
    message: 'since_rev goes on by the last rev received, not by a cursor',
  })
  .transform((query) => {
    const start = startOf(query)
    return { start, limit: query.limit ?? (start.kind === 'changes' ? LIMITS.changes : LIMITS.pageDefault) }
  })
export type MessagesQuery = z.output<typeof messagesQuery>

export const searchQuery = wireInput({
  q: text(1, LIMITS.searchQuery).meta({
    description: 'All words, each as a prefix, whatever the case and the diacritics.',
    examples: ['dao tao'],
  }),
  from: timeInput.exactOptional(),
  to: timeInput.exactOptional().describe('Exclusive.'),
  user_id: id.exactOptional(),
  type: messageType.exactOptional(),
  ...pageFields,
})
export type SearchQuery = z.output<typeof searchQuery>

export const statisticsQuery = wireInput({
  from: timeInput.exactOptional().describe('Inclusive.'),
  to: timeInput.exactOptional().describe('Exclusive.'),
  tz: timeZone.default('UTC'),
})
export type StatisticsQuery = z.output<typeof statisticsQuery>

export const exportFormat = z.enum(['jsonl', 'csv', 'html'])
export type ExportFormat = z.infer<typeof exportFormat>

export const exportQuery = wireInput({ format: exportFormat.default('jsonl') })
export type ExportQuery = z.output<typeof exportQuery>
