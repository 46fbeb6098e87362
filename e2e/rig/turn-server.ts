import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** Why there is no coturn to test with; undefined where there is one. In CI it has to be there. */
export const turnMissing = missing()

function missing(): string | undefined {
  if (spawnSync('turnserver', ['--version']).error === undefined) return undefined
  const reason = 'no coturn here (scripts/install-test-tools.sh)'
  if (process.env['CI']) throw new Error(`The tests of TURN cannot run: ${reason}`)
  process.stderr.write(`\n!! THE TESTS OF TURN ARE SKIPPED: ${reason}\n\n`)
  return reason
}

export interface TurnServer extends AsyncDisposable {
  readonly port: number
  /** As `TURN_URLS` takes it. */
  readonly url: string
  readonly secret: string
}

const configurationOf = (directory: string, port: number, secret: string): string => `
listening-ip=127.0.0.1
relay-ip=127.0.0.1
listening-port=${port}
min-port=49152
max-port=65535
fingerprint
use-auth-secret
static-auth-secret=${secret}
realm=lectern.example
allow-loopback-peers
cli-password=${secret}
no-cli
no-tls
no-dtls
no-tcp
no-tcp-relay
no-multicast-peers
log-file=stdout
simple-log
pidfile=${directory}/turnserver.pid
userdb=${directory}/turndb
`

/** A STUN binding request (RFC 8489, 5): type, no attributes, the magic cookie, a transaction id. */
const BINDING_REQUEST = Buffer.from(`000100002112a442${'0'.repeat(24)}`, 'hex')

/** Resolves once it answers a binding request. @throws Error when the process ends before */
async function answering(port: number, isOver: () => boolean): Promise<void> {
  const socket = createSocket('udp4')
  const again = setInterval(() => socket.send(BINDING_REQUEST, port, '127.0.0.1'), 20)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('message', () => resolve())
  // Of a port that is not open yet the system tells by an error.
  socket.on('error', () => (isOver() ? reject(new Error('coturn ended before it answered.')) : undefined))
  const over = setInterval(() => (isOver() ? reject(new Error('coturn ended before it answered.')) : undefined), 20)
  try {
    await promise
  } finally {
    clearInterval(again)
    clearInterval(over)
    socket.close()
  }
}

/** A real coturn whose credentials are those of the TURN REST API, on this machine alone. */
export async function startTurnServer(): Promise<TurnServer> {
  const directory = await mkdtemp(join(tmpdir(), 'lectern-turn-'))
  const port = await freePort()
  const secret = 'the secret that coturn and the server share'.replaceAll(' ', '-')
  const file = join(directory, 'turnserver.conf')
  await writeFile(file, configurationOf(directory, port, secret))
  const child = spawn('turnserver', ['-c', file], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await answering(port, () => child.exitCode !== null)
  return {
    port,
    url: `turn:127.0.0.1:${port}?transport=udp`,
    secret,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
      await rm(directory, { recursive: true })
    },
  }
}
