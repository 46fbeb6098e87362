import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

const CONFIGURATION = fileURLToPath(new URL('../../deploy/nginx.conf', import.meta.url))

/** Why there is no nginx to test with; undefined where there is one. In CI it has to be there. */
export const nginxMissing = missing()

function missing(): string | undefined {
  if (spawnSync('nginx', ['-v']).error === undefined) return undefined
  const reason = 'no nginx here (scripts/install-test-tools.sh)'
  if (process.env['CI']) throw new Error(`The tests of nginx cannot run: ${reason}`)
  process.stderr.write(`\n!! THE TESTS OF NGINX ARE SKIPPED: ${reason}\n\n`)
  return reason
}

/** What the configuration of `deploy/` says for an installation, and what it says here. */
type Place = readonly [installed: string, here: string]

function placed(configuration: string, places: readonly Place[]): string {
  return places.reduce((text, [installed, here]) => {
    if (text.split(installed).length !== 2) throw new Error(`deploy/nginx.conf does not say “${installed}” once.`)
    return text.replace(installed, here)
  }, configuration)
}

/** Without a path of the system's. */
const around = (directory: string, configuration: string): string => `
daemon off;
pid ${directory}/nginx.pid;
error_log stderr error;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  ${configuration}
}
`

/** Resolves once somebody accepts there. @throws Error when the process ends before */
async function accepting(port: number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
  }
  throw new Error('nginx ended before it listened.')
}

export interface Nginx extends AsyncDisposable {
  readonly url: string
  readonly pid: number
}

/** A real nginx with the configuration of `deploy/`, in front of a server whose objects are in this directory. */
export async function startNginx({ upstream, objects }: { upstream: string; objects: string }): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'lectern-nginx-'))
  const port = await freePort()
  const configuration = placed(await readFile(CONFIGURATION, 'utf8'), [
    ['server 127.0.0.1:3000;', `server ${new URL(upstream).host};`],
    ['listen 80;', `listen 127.0.0.1:${port};`],
    ['alias /var/lib/lectern/uploads/objects/;', `alias ${objects}/;`],
  ])
  const file = join(directory, 'nginx.conf')
  await writeFile(file, around(directory, configuration))
  const child = spawn('nginx', ['-p', directory, '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  await accepting(port, () => child.exitCode !== null)
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true })
    },
  }
}
