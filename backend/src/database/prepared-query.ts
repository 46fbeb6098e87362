import { type Compilable, type CompiledQuery, type Expression, type Kysely, sql } from 'kysely'
import type { Dialect, QueryContext } from './database.ts'
import type { Schema } from './schema.ts'

/** Stands in a query's text for what each run gives. */
class Parameter {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

type Place<Parameters> = <Name extends keyof Parameters & string>(name: Name) => Expression<Parameters[Name]>

/**
 * A query that is built once and run with other values each time, for what every message runs: building costs Kysely
 * several times what SQLite needs to run it. Its text may not depend on the values, nor on how many there are.
 * @param build `place('name')` is where that parameter's value goes
 */
export function prepareQuery<Parameters extends object, Row>(
  build: (db: Kysely<Schema>, place: Place<Parameters>) => Pick<Compilable<Row>, 'compile'>,
): (context: QueryContext, parameters: Parameters) => Promise<Row[]> {
  const built = new Map<Dialect, CompiledQuery<Row>>()

  function buildFor({ db, dialect }: QueryContext): CompiledQuery<Row> {
    const query = build(db, (name) => sql.val<Parameters[typeof name]>(placeholder(name))).compile()
    built.set(dialect, query)
    return query
  }

  return async (context, parameters) => {
    const query = built.get(context.dialect) ?? buildFor(context)
    const values = query.parameters.map((value) =>
      value instanceof Parameter ? Reflect.get(parameters, value.name) : value,
    )
    // The rows are those of the query that was built, whoever runs it.
    if (context.direct !== undefined) return context.direct(query.sql, values) as Row[]
    const { rows } = await context.db.executeQuery<Row>({ ...query, parameters: values })
    return rows
  }
}

/** `never`: it is never a value, only the place of one. */
const placeholder = (name: string): never => new Parameter(name) as never
