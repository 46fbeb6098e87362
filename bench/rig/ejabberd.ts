import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { freePort } from '../../e2e/rig/free-port.ts'
import { someAtOnce } from './members.ts'
import type { Venue } from './talkers.ts'
import { XmppMember } from './xmpp-member.ts'

/** Debian's script, which knows where its package's libraries are. */
const SCRIPT = '/usr/sbin/ejabberdctl'
/** What the node prints once ejabberd has started. */
const LISTENING = 'listening'
const CONFIGURATION = new URL('../peers/ejabberd.yml', import.meta.url)

/**
 * Erlang's schedulers look for work for a while before they sleep. Whoever counts processors' time would count that as
 * work, so they are told not to. Without a name the node needs no port mapper, and none is started.
 */
const FLAGS = ['-noinput', '-start_epmd', 'false', '+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none']

/**
 * ejabberd of Debian's package, one node, on data and a port of its own and as who runs this: its service, user and
 * configuration have no part in it. It is configured to do the least (`peers/ejabberd.yml`). Its rooms are of one text, as
 * is all that is said in them.
 * @returns undefined, and says so, when it is not installed
 */
export async function startEjabberd(text: string): Promise<(Venue & AsyncDisposable) | undefined> {
  const libraries = await librariesOf(SCRIPT)
  if (libraries === undefined) {
    process.stderr.write('── ejabberd is not installed: ITS ROWS ARE LEFT OUT. apt-get install ejabberd\n')
    return undefined
  }
  const folder = await mkdtemp(join(tmpdir(), 'lectern-ejabberd-'))
  const port = await freePort()
  await writeFile(
    join(folder, 'ejabberd.yml'),
    (await readFile(CONFIGURATION, 'utf8')).replace('port: PORT', `port: ${port}`),
  )
  const node = startNode(folder, libraries)
  try {
    await listening(node)
  } catch (error) {
    await node[Symbol.asyncDispose]()
    throw error
  }
  return {
    pids: [node.server.pid ?? 0],
    enter: (places) =>
      someAtOnce(places, ({ courseId, userId }) =>
        XmppMember.enter({ port, room: `${courseId}@conference.localhost`, nick: userId, text }),
      ),
    verify: async () => undefined,
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}

/** The folder of its libraries; undefined when it is not installed. */
async function librariesOf(script: string): Promise<string | undefined> {
  const text = await readFile(script, 'utf8').catch(() => '')
  return /^ERL_LIBS='(.+)'$/m.exec(text)?.[1]
}

interface Node extends AsyncDisposable {
  readonly server: ChildProcessByStdio<null, Readable, Readable>
}

/** With all of its own in this folder, which goes with it. */
function startNode(folder: string, libraries: string): Node {
  const application = ['-mnesia', 'dir', JSON.stringify(join(folder, 'data')), '-s', 'ejabberd']
  const server = spawn('erl', [...FLAGS, ...application, '-eval', `io:format("${LISTENING}~n")`], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      ERL_LIBS: libraries,
      EJABBERD_CONFIG_PATH: join(folder, 'ejabberd.yml'),
      EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(server, 'exit')
  const end = () => server.kill('SIGKILL')
  // Whoever interrupts the benchmark leaves none behind.
  process.once('exit', end)
  return {
    server,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', end)
      end()
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

/** @throws Error with all that it printed when it ends before */
async function listening({ server }: Node): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const printed: string[] = []
  for (const output of [server.stdout, server.stderr]) {
    createInterface(output).on('line', (line) => {
      printed.push(line)
      if (line === LISTENING) resolve()
    })
  }
  server.once('exit', (code) => reject(new Error(`ejabberd ended with ${code}.\n${printed.join('\n')}`)))
  await promise
}
