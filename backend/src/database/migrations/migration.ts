import type { ColumnDataType, Kysely, RawBuilder } from 'kysely'
import type { Dialect } from '../database.ts'
import type { Schema } from '../schema.ts'

/** What a migration writes differently for each database. */
export interface DdlDialect {
  readonly name: Dialect
  /** Sorts by its UTF-8 bytes. */
  readonly text: ColumnDataType | RawBuilder<string>
  /** Holds epoch milliseconds. */
  readonly integer: ColumnDataType
  /** The definition of a number that the database gives. */
  readonly rowId: RawBuilder<unknown>
  /** What follows the columns of a table that is found by its key, */
  readonly keyed: RawBuilder<unknown>
  /** and of one that is found in many ways, or whose rows are long. */
  readonly plain: RawBuilder<unknown>
  /** The index of message texts: `messages.row_id`, the course's token, the folded text. */
  createSearch(db: Kysely<Schema>): Promise<void>
  /** From now on rows are added to the table, and neither changed nor deleted. */
  refuseChanges(db: Kysely<Schema>, table: keyof Schema): Promise<void>
}

export interface Migration {
  readonly name: string
  readonly up: (db: Kysely<Schema>, ddl: DdlDialect) => Promise<void>
}
