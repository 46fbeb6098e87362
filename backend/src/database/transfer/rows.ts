import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import type { KeyedTable } from './tables.ts'

export type Row = Readonly<Record<string, unknown>>
/** Columns, each made of a row. */
export type Made = Readonly<Record<string, (row: Row) => unknown>>

type Db = Kysely<Schema>

/** Rows of one statement: PostgreSQL takes 65,535 values, and no table has more than 30 columns. */
const CHUNK = 1_000

const references = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)))
const keyOf = (row: Row, key: readonly string[]) => sql.join(key.map((column) => sql`${row[column]}`))

/** Behind a key, in the order of the key, which is the same in both databases; from the beginning where there is none. */
export async function* chunksAfter(db: Db, { name, key }: KeyedTable, last: Row | undefined): AsyncGenerator<Row[]> {
  for (let after = last; ; ) {
    const behind = after === undefined ? sql`` : sql`where (${references(key)}) > (${keyOf(after, key)})`
    const { rows } = await sql<Row>`
      select * from ${sql.table(name)} ${behind} order by ${references(key)} limit ${CHUNK}`.execute(db)
    after = rows.at(-1)
    if (after === undefined) return
    yield rows
  }
}

/** The row with the highest key. */
export async function lastOf(db: Db, { name, key }: KeyedTable): Promise<Row | undefined> {
  const order = sql.join(key.map((column) => sql`${sql.ref(column)} desc`))
  const { rows } = await sql<Row>`select * from ${sql.table(name)} order by ${order} limit 1`.execute(db)
  return rows[0]
}

/** @param more what the target's table has besides */
export async function insertRows(db: Db, { name }: KeyedTable, rows: readonly Row[], more: Made): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const own = Object.keys(first)
  const values = rows.map(
    (row) =>
      sql`(${sql.join([...own.map((column) => sql`${row[column]}`), ...Object.values(more).map((make) => make(row))])})`,
  )
  await sql`
    insert into ${sql.table(name)} (${references([...own, ...Object.keys(more)])}) values ${sql.join(values)}`.execute(
    db,
  )
}

export interface Digest {
  readonly count: number
  readonly sha256: string
}

/** Of every row and column that the embedded database knows. */
export async function digestOf(db: Db, table: KeyedTable, without: readonly string[] = []): Promise<Digest> {
  const hash = createHash('sha256')
  let count = 0
  for await (const rows of chunksAfter(db, table, undefined)) {
    count += rows.length
    for (const row of rows) {
      const columns = Object.entries(row).filter(([column]) => !without.includes(column))
      hash.update(`${JSON.stringify(columns.toSorted(([a], [b]) => (a < b ? -1 : 1)))}\n`)
    }
  }
  return { count, sha256: hash.digest('hex') }
}
