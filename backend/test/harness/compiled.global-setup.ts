import { existsSync } from 'node:fs'
import { COMPILED, EMBEDDED, startServerProcess } from './server-process.ts'

/** Node keeps what it compiled when it ends by itself, which the servers of the tests, killed as they are, do not. */
export default async function setUp(): Promise<void> {
  if (existsSync(COMPILED)) return
  await using server = await startServerProcess(EMBEDDED)
  await server.kill('SIGTERM')
}
