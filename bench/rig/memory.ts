import { readFile } from 'node:fs/promises'

/** Resident memory of a process in bytes (proc(5), `VmRSS`). */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}

/** How far a process's memory rises above where it was, in bytes, while the work goes on; looked at ten times a second. */
export async function growthDuring(pid: number, work: Promise<unknown>): Promise<number> {
  const before = await residentBytes(pid)
  let highest = before
  const timer = setInterval(() => {
    void residentBytes(pid).then((now) => {
      highest = Math.max(highest, now)
    })
  }, 100)
  try {
    await work
  } finally {
    clearInterval(timer)
  }
  return highest - before
}
