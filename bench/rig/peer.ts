import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Peer extends AsyncDisposable {
  readonly url: string
  readonly pid: number
}

/** A program of `peers/` as a process of its own; it prints its port. @throws Error when it ends without */
export async function startPeer(program: string, ...args: readonly string[]): Promise<Peer> {
  const file = fileURLToPath(new URL(`../peers/${program}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const ended = once(child, 'exit')
  const failed = ended.then(() => {
    throw new Error(`${program} ended before it listened.`)
  })
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), failed])
  failed.catch(() => undefined)
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await ended
    },
  }
}
