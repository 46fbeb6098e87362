import type { CreateTableBuilder } from 'kysely'
import type { DdlDialect } from './migration.ts'

type Table = CreateTableBuilder<string, string>

/** Columns that hold a value in every row, and those that may be null. */
export const columnsOf = (ddl: DdlDialect) => ({
  text: (table: Table, ...names: string[]): Table =>
    names.reduce((made, name) => made.addColumn(name, ddl.text, (column) => column.notNull()), table),
  integer: (table: Table, ...names: string[]): Table =>
    names.reduce((made, name) => made.addColumn(name, ddl.integer, (column) => column.notNull()), table),
  textOrNull: (table: Table, ...names: string[]): Table =>
    names.reduce((made, name) => made.addColumn(name, ddl.text), table),
  integerOrNull: (table: Table, ...names: string[]): Table =>
    names.reduce((made, name) => made.addColumn(name, ddl.integer), table),
})
