import type { Operation, OperationContext, RunTogether } from './database.ts'

type Run = (context: OperationContext, input: never) => Promise<unknown>
type OperationsOf<Table extends Record<string, Run>> = {
  [Name in keyof Table]: Table[Name] extends (context: OperationContext, input: infer Input) => Promise<infer Output>
    ? Operation<Input, Output>
    : never
}

/** For some of a table's operations, what does several at once. */
type TogetherOf<Table extends Record<string, Run>> = {
  readonly [Name in keyof Table]?: Table[Name] extends (
    context: OperationContext,
    input: infer Input,
  ) => Promise<infer Output>
    ? RunTogether<Input, Output>
    : never
}

const registry = new Map<string, Operation<never, unknown>>()

/**
 * Names a module's operations, so that a thread which imports the same module (by `url`, the caller's `import.meta.url`)
 * finds them by id.
 */
export function defineOperations<Table extends Record<string, Run>>(
  url: string,
  table: Table,
  together: TogetherOf<Table> = {},
): OperationsOf<Table> {
  const operations = Object.entries(table).map(([name, run]) => {
    const operation = { id: `${url}#${name}`, url, run, runTogether: together[name] }
    registry.set(operation.id, operation)
    return [name, operation]
  })
  return Object.fromEntries(operations)
}

export const isDefined = (id: string): boolean => registry.has(id)

/** @throws Error when no imported module has defined it */
export function operationOf(id: string): Operation<never, unknown> {
  const operation = registry.get(id)
  if (operation === undefined) throw new Error(`No operation ${id}.`)
  return operation
}
