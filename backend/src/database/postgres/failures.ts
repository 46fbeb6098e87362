import pg from 'pg'
import { AppError } from '../../shared/errors.ts'

/** The server, or the way to it, has failed: it is no fault of the statement's, and the same may go well a moment later. */
export class ServerFailure extends AppError {
  constructor(cause: unknown) {
    super('UNAVAILABLE', 'The database does not answer: try again.')
    this.cause = cause
  }
}

/**
 * SQLSTATE classes of it: connection, resources (a full disk), the operator's intervention (a shutdown, a time that is
 * over), the system.
 */
const OF_SERVER = /^(08|53|57|58)/

/** @throws ServerFailure in place of what the driver throws when it is the server that fails */
export async function askingServer<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    throw isFailureOfServer(error) ? new ServerFailure(error) : error
  }
}

function isFailureOfServer(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return OF_SERVER.test(error.code ?? '')
  // A value that cannot be sent, or one that came and is none of ours; all else is of the connection.
  return !(error instanceof TypeError || error instanceof RangeError)
}

/** PostgreSQL's `disk_full`. */
export const isDiskFull = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '53100'
