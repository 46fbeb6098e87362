import type { Cut } from '../rig/fault-proxy/faults.ts'
import type { Frame } from '../rig/fault-proxy/frame-rule.ts'
import { seededRandom } from '../rig/fault-proxy/random.ts'

export interface SendCutsOptions {
  /** The share of messages whose first sending never reaches the server, 0 to 1. */
  readonly before: number
  /** The share whose first sending it stores, and whose answer never reaches the client. */
  readonly after: number
  /** The share of repeated sendings that are cut once more, before and after alike. */
  readonly again: number
  readonly seed: number
}

/** Which connections are cut while a message is sent on them, and what came of it. */
export interface SendCuts {
  readonly judge: (frame: Frame) => Cut | undefined
  /** Those that were cut included. */
  readonly sendings: number
  readonly before: number
  readonly after: number
}

/** Of a Socket.IO event with an ack. */
const SENDING = /^42\d+\["chat:send_message",.*"client_id":"([\w-]+)"/

export function sendCuts({ before, after, again, seed }: SendCutsOptions): SendCuts {
  const random = seededRandom(seed)
  const seen = new Set<string>()
  const counts = { sendings: 0, before: 0, after: 0 }
  /** Connection → the `client_id` that what is cut bears: the broadcast of the stored message, or the ack. */
  const doomed = new Map<number, string>()

  const judgeUp = ({ connection, text }: Frame): Cut | undefined => {
    const clientId = SENDING.exec(text)?.[1]
    if (clientId === undefined) return undefined
    const share = seen.has(clientId) ? { before: again / 2, after: again / 2 } : { before, after }
    seen.add(clientId)
    counts.sendings++
    const lot = random()
    if (lot < share.before) {
      counts.before++
      return 'reset'
    }
    if (lot < share.before + share.after) doomed.set(connection, clientId)
    return undefined
  }
  const judgeDown = ({ connection, text }: Frame): Cut | undefined => {
    const clientId = doomed.get(connection)
    if (clientId === undefined || !text.includes(clientId)) return undefined
    doomed.delete(connection)
    counts.after++
    return 'reset'
  }
  return {
    judge: (frame) => (frame.direction === 'up' ? judgeUp(frame) : judgeDown(frame)),
    get sendings() {
      return counts.sendings
    },
    get before() {
      return counts.before
    },
    get after() {
      return counts.after
    },
  }
}
