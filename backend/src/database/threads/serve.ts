import { parentPort, workerData } from 'node:worker_threads'
import { type ClonedOutcome, cloneError, type FromThread, type ThreadData, type ToThread } from './messages.ts'

export interface Work<Request, Hello> {
  /** What the starter is told. */
  readonly hello: Hello
  readonly handle: (request: Request) => Promise<unknown>
  /** For a reply that cannot be sent: one that can. */
  readonly sendable: (reply: unknown) => unknown
  readonly close: () => void
}

/** The life of a thread: starts its work, answers requests one after the other, ends when told. */
export async function serve<Request, Hello>(start: (data: ThreadData) => Promise<Work<Request, Hello>>): Promise<void> {
  if (parentPort === null) throw new Error('This file is started as a worker thread.')
  const port = parentPort
  const post = (message: FromThread<Hello>) => port.postMessage(message)

  let work: Work<Request, Hello>
  try {
    work = await start(workerData)
  } catch (error) {
    post({ type: 'refused', error: cloneError(error) })
    port.close()
    return
  }

  let last = Promise.resolve()
  port.on('message', (message: ToThread<Request>) => {
    last = last.then(async () => {
      if (message.type === 'request') return answer(message.id, await outcomeOf(work.handle(message.request)))
      work.close()
      port.close()
    })
  })
  post({ type: 'ready', hello: work.hello })

  function answer(id: number, outcome: ClonedOutcome): void {
    try {
      post({ type: 'reply', id, outcome })
    } catch (error) {
      if (!outcome.ok) throw error
      post({ type: 'reply', id, outcome: { ok: true, value: work.sendable(outcome.value) } })
    }
  }
}

async function outcomeOf(result: Promise<unknown>): Promise<ClonedOutcome> {
  try {
    return { ok: true, value: await result }
  } catch (error) {
    return { ok: false, error: cloneError(error) }
  }
}
