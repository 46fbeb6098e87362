import type { TestProject } from 'vitest/node'
import { ALWAYS_THERE, startCluster } from './postgres-cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server of the project's tests, by the database that is always there; undefined: they run on SQLite. */
    postgres: string | undefined
  }
}

/** One server for all tests of the project, each of which has databases of its own in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster({ durable: false })
  project.provide('postgres', cluster.url(ALWAYS_THERE))
  return async () => cluster[Symbol.asyncDispose]()
}
