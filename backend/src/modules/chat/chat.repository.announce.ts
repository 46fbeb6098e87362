import type { OperationContext } from '../../database/database.ts'
import type { NewMessage, StoredMessage } from './chat.records.types.ts'
import { appendTogether } from './chat.repository.append.postgres.ts'
import { append } from './chat.repository.append.ts'

/**
 * The server's own messages of one course, in the caller's transaction: they are stored with what they tell of, or
 * neither is. An archived course is told nothing.
 */
export async function announce(context: OperationContext, messages: readonly NewMessage[]): Promise<StoredMessage[]> {
  const stored: StoredMessage[] = []
  for (const message of messages) {
    if (await isArchived(context, message.courseId)) continue
    stored.push(await store(context, message))
  }
  return stored
}

async function isArchived({ db }: OperationContext, courseId: string): Promise<boolean> {
  const course = await db.selectFrom('courses').select('archived_at').where('id', '=', courseId).executeTakeFirst()
  return course?.archived_at !== null
}

async function store(context: OperationContext, message: NewMessage): Promise<StoredMessage> {
  if (context.dialect === 'sqlite') return (await append(context, message)).message
  const [outcome] = await appendTogether(context, [message])
  if (outcome === undefined) throw new Error('An appended message has no outcome.')
  if (!outcome.ok) throw outcome.error
  return outcome.value.message
}
