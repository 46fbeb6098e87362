import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string[]
  readonly stderr: string
}

export interface Script extends AsyncDisposable {
  /** Resolves when it has printed so many lines. @throws Error when it ends before */
  printed(lines: number): Promise<string[]>
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<Ended>
}

/** Starts a source file as a process of its own; leaving the scope of `await using` kills it. */
export function startScript(url: URL, args: string[] = [], env: Record<string, string> = {}): Script {
  const child = spawn(process.execPath, ['--conditions=source', fileURLToPath(url), ...args], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: string[] = []
  let stderr = ''
  let onLine: () => void = () => undefined
  createInterface(child.stdout).on('line', (line) => {
    stdout.push(line)
    onLine()
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, stdout, stderr }))
  return {
    printed: (lines) =>
      new Promise((resolve, reject) => {
        onLine = () => {
          if (stdout.length >= lines) resolve(stdout)
        }
        onLine()
        void ended.then(() => reject(new Error(`The script ended: ${stderr}`)))
      }),
    kill: (signal) => {
      child.kill(signal)
    },
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env

/** What a process needs to run at all, and not to compile what others have; nothing that configures the server. */
const inherited: Record<string, string> = { PATH, NODE_COMPILE_CACHE }
