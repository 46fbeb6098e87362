import { readFile } from 'node:fs/promises'

/** proc(5): in ticks of a hundredth of a second, which Linux has for every program (`USER_HZ`). */
const TICKS_PER_SECOND = 100

/** User and system time that processes and their living children have used, in seconds. */
export async function cpuSeconds(...pids: readonly number[]): Promise<number> {
  return (await Promise.all(pids.map(secondsOfTree))).reduce((sum, seconds) => sum + seconds, 0)
}

async function secondsOfTree(pid: number): Promise<number> {
  const [stat, children] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'),
  ])
  // The name, in parentheses, may hold anything; `utime` and `stime` are the 12th and 13th behind it.
  const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = (Number(user) + Number(system)) / TICKS_PER_SECOND
  return own + (await cpuSeconds(...children.trim().split(' ').filter(Boolean).map(Number)))
}
