import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** All files below a directory, by their paths from there. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  return files.map((entry) => relative(directory, join(entry.parentPath, entry.name))).sort()
}

/** What is called so in a directory, in one above it, or in the places that a path from the root may lead to. */
export async function landedAround(directory: string, name: string): Promise<string[]> {
  const above: string[] = []
  for (let place = directory; place !== dirname(place); place = dirname(place)) above.push(place)
  const places = [...above, '/', '/etc', '/tmp', process.cwd()]
  const found = await Promise.all(
    places.map(async (place) => (await readdir(place)).map((entry) => join(place, entry))),
  )
  return found.flat().filter((path) => path.includes(name))
}

/** Bytes that a process has had in memory at most since `forgetPeak`. */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

/** “5” resets the peak resident set size, proc(5). */
export const forgetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, '5')
