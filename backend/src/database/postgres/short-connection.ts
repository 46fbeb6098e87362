import pg from 'pg'
import { StartError } from '../../shared/start-error.ts'
import { connectionOptions } from './connection.ts'
import { askingServer, ServerFailure } from './failures.ts'

/**
 * A connection for one piece of work, whose statements may take as long as they take.
 * @param name what `pg_stat_activity` calls it
 * @throws StartError for what the operator mends
 */
export async function withConnection<Result>(
  url: string,
  name: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connectionOptions(url, { name, statementMs: undefined }))
  // What fails is told by the statement that it fails.
  client.on('error', () => undefined)
  try {
    await askingServer(() => client.connect())
    return await work(client)
  } catch (error) {
    throw startErrorOf(error)
  } finally {
    await client.end()
  }
}

/**
 * What an operator mends: a connection, credentials, a database or an extension that is not there, rights, resources. No
 * message of these bears the password. Anything else stays what it is.
 */
const OF_OPERATOR = /^(E[A-Z_]+$|08|0A|25006|28|3D|42501|53|57|58|CERT|DEPTH|SELF|UNABLE|ERR_)/

export function startErrorOf(error: unknown): unknown {
  const cause = error instanceof ServerFailure ? error.cause : error
  if (cause instanceof StartError || !(cause instanceof Error)) return cause
  const code = 'code' in cause ? String(cause.code) : ''
  const isOfDriver = error instanceof ServerFailure && !(cause instanceof pg.DatabaseError)
  if (!OF_OPERATOR.test(code) && !isOfDriver) return cause
  const reasons = cause instanceof AggregateError ? cause.errors.map(String).join(', ') : cause.message
  return new StartError(`DATABASE_URL: the database cannot be opened: ${reasons}.`, { cause })
}
