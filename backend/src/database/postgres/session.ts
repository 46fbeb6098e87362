import { setTimeout as after } from 'node:timers/promises'
import pg from 'pg'
import { DatabaseLocked } from '../errors.ts'
import { connectionOptions } from './connection.ts'
import { askingServer } from './failures.ts'
import { SHOWN_AS } from './server.ts'

/** Longer than any commit takes on a disk that works. */
const STATEMENT_MS = 10_000
/** A session that says nothing between two statements has lost its process; it holds rows that others wait for. */
const IDLE_IN_TRANSACTION_MS = 15_000

/** Advisory locks of ours; “LCTN” keeps them apart from other programs' in the same database. */
const LOCK_SPACE = 0x4c43544e
export const LOCKS = { schema: 1, writer: 2 } as const

export const lockArguments = (lock: keyof typeof LOCKS): string => `${LOCK_SPACE}, ${LOCKS[lock]}`

/** How often, and for how long, a session that may be ending is waited for: its process is gone, its server not yet told. */
const LOCK_TRIES = 30
const LOCK_PAUSE_MS = 100

/**
 * The one connection that writes, in pipeline mode: what is sent without waiting for its answer costs no round trip.
 * It holds the database for its process: while it lives no other writer does, and what a lost one was still about is
 * over before the next begins.
 * @throws DatabaseLocked, ServerFailure
 */
export async function openSession(url: string, onLost: (error: Error) => void): Promise<pg.Client> {
  const client = new pg.Client({
    ...connectionOptions(url, { name: 'writer', statementMs: STATEMENT_MS }),
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    pipeline: true,
  })
  client.on('error', onLost)
  try {
    await askingServer(() => client.connect())
    await takeWriterLock(client)
    // What is acknowledged is on disk, whatever the server's default is; what asks for more than that stays.
    await client.query(`select set_config('synchronous_commit', 'on', false)
      where current_setting('synchronous_commit') in ('off', 'local')`)
    return client
  } catch (error) {
    client.removeListener('error', onLost).on('error', () => undefined)
    await client.end()
    throw error
  }
}

async function takeWriterLock(client: pg.Client): Promise<void> {
  for (let tries = 0; tries < LOCK_TRIES; tries++) {
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${lockArguments('writer')}) as taken`,
    )
    if (rows[0]?.taken === true) return
    await after(LOCK_PAUSE_MS)
  }
  throw new DatabaseLocked(SHOWN_AS)
}
