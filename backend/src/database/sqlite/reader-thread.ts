import type { OperationContext } from '../database.ts'
import { importOperations, loadOperation } from '../threads/load-operation.ts'
import { type OperationCall, obstacleToCloning } from '../threads/messages.ts'
import { serve } from '../threads/serve.ts'
import { openReading } from './connection.ts'

await serve<OperationCall, null>(async ({ file, operationModules }) => {
  for (const url of operationModules) await importOperations(url)
  const { raw, db } = openReading(file)
  const context: OperationContext = { db, dialect: 'sqlite', beforeCommit: refuseWork }
  return {
    hello: null,
    handle: async (call) => {
      const operation = await loadOperation(call)
      // All of an operation's queries see the same moment.
      raw.exec('BEGIN')
      try {
        // `never`: only `Database.query` makes calls, and it ties the input's type to the operation's.
        return await operation.run(context, call.input as never)
      } finally {
        raw.exec('ROLLBACK')
      }
    },
    sendable: (value) => {
      throw obstacleToCloning(value)
    },
    close: () => raw.close(),
  }
})

function refuseWork(): never {
  throw new Error('A query stores nothing: nothing can be put off to its commit.')
}
