import { inject } from 'vitest'

/** How many scripts a property is tried on; PostgreSQL is asked for what SQLite has not shown. */
export const propertyRuns = ({ onSqlite, onPostgres }: { onSqlite: number; onPostgres: number }): number =>
  Number(process.env['LECTERN_PROPERTY_RUNS'] ?? (inject('postgres') === undefined ? onSqlite : onPostgres))
