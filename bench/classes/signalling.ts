import { startServerProcess } from '../../e2e/rig/server-process.ts'
import type { Benchmark } from '../rig/benchmark.ts'
import { cpuSeconds } from '../rig/cpu.ts'
import { startPeer } from '../rig/peer.ts'
import { alternate } from '../rig/rounds.ts'
import {
  lecternSignaller,
  peerJsSignaller,
  type Signal,
  type Signaller,
  type SignallerOptions,
} from '../rig/signalling.ts'

const PEOPLE = 6
/** Of each side of a pair. */
const CANDIDATES = 5

/** As long as Chromium's for one microphone and one camera. */
const SDP = `v=0\r\n${'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n'.repeat(60)}`
const CANDIDATE = {
  candidate: 'candidate:842163049 1 udp 1677729535 203.0.113.7 54321 typ srflx raddr 192.0.2.1 rport 54321 ufrag Yx1q',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'Yx1q',
}

/** Each offers to those who were there before, who answer; both send their candidates. */
const SIGNALS_OF_A_PAIR = 2 + 2 * CANDIDATES
const PAIRS = (PEOPLE * (PEOPLE - 1)) / 2

type Signallers = (options: SignallerOptions) => Signaller

/** One class from the first who enters to when all have heard each other. */
async function meet(url: string, sessionId: string, signaller: Signallers): Promise<Signaller[]> {
  const present: { readonly userId: string; readonly signaller: Signaller }[] = []
  const all = Promise.withResolvers<void>()
  let heard = 0
  const candidates = (from: Signaller, to: string): void => {
    for (let sent = 0; sent < CANDIDATES; sent++) from.send('candidate', to, CANDIDATE)
  }
  for (let person = 0; person < PEOPLE; person++) {
    const userId = `${sessionId}-${person}`
    const received = (kind: Signal, from: string): void => {
      heard++
      if (kind === 'offer') {
        own.send('answer', from, { type: 'answer', sdp: SDP })
        candidates(own, from)
      }
      if (heard === PAIRS * SIGNALS_OF_A_PAIR) all.resolve()
    }
    const own = signaller({ url, sessionId, userId, received })
    await own.join()
    for (const other of present) {
      own.send('offer', other.userId, { type: 'offer', sdp: SDP })
      candidates(own, other.userId)
    }
    present.push({ userId, signaller: own })
  }
  await all.promise
  return present.map(({ signaller: own }) => own)
}

/** Joins and signals per CPU-second of the server; all that was sent has arrived. */
function measure(url: string, pid: number, sessions: number, signaller: Signallers) {
  return async (): Promise<number> => {
    const before = await cpuSeconds(pid)
    const ids = Array.from({ length: sessions }, (_, session) => `class-${session}`)
    const everybody = (await Promise.all(ids.map((id) => meet(url, id, signaller)))).flat()
    const spent = (await cpuSeconds(pid)) - before
    await Promise.all(everybody.map((person) => person.close()))
    return (sessions * (PEOPLE + PAIRS * SIGNALS_OF_A_PAIR)) / Math.max(spent, 0.01)
  }
}

export const classesSignalling: Benchmark = {
  name: 'classes-signalling',
  about: `50 classes of ${PEOPLE}, each connecting to each: joins, offers, answers and candidates, against PeerJS's server`,
  async run({ quick }) {
    const sessions = quick ? 3 : 50
    await using server = await startServerProcess({
      environment: { LIMIT_EVENTS_PER_SEC: '0', SESSION_GRACE_MS: '1' },
    })
    await using peer = await startPeer('peerjs-server')
    const [ours, theirs] = await alternate(quick ? 1 : 7, [
      measure(server.url, server.pid, sessions, lecternSignaller),
      measure(peer.url, peer.pid, sessions, peerJsSignaller),
    ])
    return [
      {
        what: `${sessions} classes of ${PEOPLE}: joins and signals per CPU-second of the server`,
        ours,
        peer: theirs,
        unit: '/s',
        value: ours / theirs,
        target: { atLeast: 1 },
      },
    ]
  },
}
