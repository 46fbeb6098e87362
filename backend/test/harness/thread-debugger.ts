import { once } from 'node:events'
import { z } from 'zod'
import type { ServerProcess } from './server-process.ts'

/** What a server is started with, so that a debugger may come. */
export const DEBUGGABLE = { NODE_OPTIONS: '--inspect=127.0.0.1:0' }

const told = z.object({
  method: z.enum(['NodeWorker.attachedToWorker', 'NodeWorker.detachedFromWorker']),
  params: z.object({ sessionId: z.string(), workerInfo: z.object({ url: z.string() }).optional() }),
})

/**
 * Ends threads of a server from outside it, as its debugger: no signal ends a thread and leaves its process. What the
 * thread is about is broken off between two of its instructions.
 */
export class ThreadDebugger implements Disposable {
  readonly #socket: WebSocket
  /** Session ids of the threads that run, by the URL of their program. */
  readonly #sessions = new Map<string, string>()
  readonly #heard = new EventTarget()
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data))))
  }

  static async attach(server: ServerProcess): Promise<ThreadDebugger> {
    const [, url = ''] = await server.printed(/^Debugger listening on (ws:\S+)$/m)
    const socket = new WebSocket(url)
    const attached = new ThreadDebugger(socket)
    await once(socket, 'open')
    attached.#send('NodeWorker.enable', { waitForDebuggerOnStart: false })
    return attached
  }

  /** Resolves when it has ended. */
  async end(program: RegExp): Promise<void> {
    const sessionId = await this.#running(program)
    const evaluate = { id: ++this.#lastId, method: 'Runtime.evaluate', params: { expression: 'process.exit(1)' } }
    this.#send('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify(evaluate) })
    while ([...this.#sessions.values()].includes(sessionId)) await once(this.#heard, 'thread')
  }

  [Symbol.dispose](): void {
    this.#socket.close()
  }

  async #running(program: RegExp): Promise<string> {
    for (;;) {
      const found = [...this.#sessions].find(([url]) => program.test(url))
      if (found !== undefined) return found[1]
      await once(this.#heard, 'thread')
    }
  }

  #send(method: string, params: object): void {
    this.#socket.send(JSON.stringify({ id: ++this.#lastId, method, params }))
  }

  #hear(message: unknown): void {
    const parsed = told.safeParse(message)
    if (!parsed.success) return
    const { sessionId, workerInfo } = parsed.data.params
    if (workerInfo !== undefined) this.#sessions.set(workerInfo.url, sessionId)
    else for (const [url, id] of this.#sessions) if (id === sessionId) this.#sessions.delete(url)
    this.#heard.dispatchEvent(new Event('thread'))
  }
}
