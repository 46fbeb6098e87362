// Holds the database of its first argument, and writes to it until it is killed: a line for each acknowledged write.
import { writeSync } from 'node:fs'
import { openSqlite } from '../src/database/sqlite/open-sqlite.ts'
import { probe } from './probe.repository.ts'

const STDOUT = 1
const UNDER_WAY = 20

const [file = '', run = ''] = process.argv.slice(2)
const database = await openSqlite({ file })

let last = 0
async function writeForEver(): Promise<never> {
  for (;;) {
    const key = `probe ${run} ${String(++last).padStart(8, '0')}`
    await database.write(probe.put, { key, value: '' })
    // Synchronous: what this process was told is out before it can be killed.
    writeSync(STDOUT, `${key}\n`)
  }
}
await Promise.all(Array.from({ length: UNDER_WAY }, writeForEver))
