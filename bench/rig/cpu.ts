import { readFile } from 'node:fs/promises'

/** proc(5): in ticks of a hundredth of a second, which Linux has for every program (`USER_HZ`). */
const TICKS_PER_SECOND = 100

/** User and system time that processes and their children have used, in seconds. */
export async function cpuSeconds(...pids: readonly number[]): Promise<number> {
  return (await Promise.all(pids.map(secondsOfTree))).reduce((sum, seconds) => sum + seconds, 0)
}

async function secondsOfTree(pid: number): Promise<number> {
  const [stat, children] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'),
  ]).catch(ofTheEnded)
  // The name, in parentheses, may hold anything; `utime`, `stime`, and those of children that have ended, are the 12th to
  // 15th behind it.
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
  const own = times.reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
  return own + (await cpuSeconds(...children.trim().split(' ').filter(Boolean).map(Number)))
}

/** What a child has used that ended since it was listed is its parent's from now on. */
function ofTheEnded(error: unknown): [string, string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ESRCH') return ['', '']
  throw error
}
