import type { Operation } from '../database.ts'
import { isDefined, operationOf } from '../operations.ts'

const imported = new Map<string, Promise<unknown>>()

/** Imports a module of operations, once. */
export async function importOperations(url: string): Promise<void> {
  let importing = imported.get(url)
  if (importing === undefined) {
    importing = import(url)
    imported.set(url, importing)
  }
  await importing
}

/** @throws Error when the module is not there, or does not define the operation */
export async function loadOperation(call: { id: string; url: string }): Promise<Operation<never, unknown>> {
  if (!isDefined(call.id)) await importOperations(call.url)
  return operationOf(call.id)
}
