import { once } from 'node:events'
import { WebSocket } from 'ws'
import { signToken } from '../../e2e/rig/tokens.ts'

export type Signal = 'offer' | 'answer' | 'candidate'

/** Somebody in a class, as bare as a load generator needs: frames, no library. */
export interface Signaller {
  /** Resolves when the server has let them in. */
  join(): Promise<void>
  send(kind: Signal, to: string, payload: object): void
  close(): Promise<void>
}

export interface SignallerOptions {
  readonly url: string
  readonly sessionId: string
  readonly userId: string
  readonly received: (kind: Signal, from: string) => void
}

const webSocketUrl = (url: string): string => url.replace(/^http/, 'ws')

async function closed(socket: WebSocket): Promise<void> {
  const end = once(socket, 'close')
  socket.close()
  await end
}

/** PeerJS's own protocol: a JSON object a frame; being connected is being there. */
export function peerJsSignaller({ url, userId, received }: SignallerOptions): Signaller {
  const socket = new WebSocket(`${webSocketUrl(url)}/peerjs?key=peerjs&id=${userId}&token=t`)
  const opened = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    const { type, src }: { type: string; src: string } = JSON.parse(String(data))
    if (type === 'OPEN') opened.resolve()
    else if (type === 'OFFER' || type === 'ANSWER' || type === 'CANDIDATE') received(kindOf(type), src)
    else opened.reject(new Error(`PeerJS says ${data}`))
  })
  return {
    join: () => opened.promise,
    send: (kind, dst, payload) => socket.send(JSON.stringify({ type: kind.toUpperCase(), dst, payload })),
    close: () => closed(socket),
  }
}

const kindOf = (type: 'OFFER' | 'ANSWER' | 'CANDIDATE'): Signal =>
  type === 'OFFER' ? 'offer' : type === 'ANSWER' ? 'answer' : 'candidate'

const RECEIVED = /^42\["webrtc:(offer|answer|ice_candidate)_received",\{"sessionId":"[^"]*","fromUserId":"([^"]+)"/

/** Socket.IO v4 over Engine.IO's WebSocket: `0` open, `2` ping, `40` connect, `42` event, `430` the ack of event 0. */
export function lecternSignaller({ url, sessionId, userId, received }: SignallerOptions): Signaller {
  const courseId = `course-of-${sessionId}`
  const token = signToken({ sub: userId, courses: { [courseId]: 'teacher' }, sessions: { [sessionId]: courseId } })
  const socket = new WebSocket(`${webSocketUrl(url)}/socket.io/?EIO=4&transport=websocket`)
  const connected = Promise.withResolvers<void>()
  const joined = Promise.withResolvers<void>()
  const say = (event: string, payload: object, id = ''): void =>
    socket.send(`42${id}${JSON.stringify([`webrtc:${event}`, { sessionId, ...payload }])}`)
  socket.on('message', (data) => {
    const frame = String(data)
    const signal = RECEIVED.exec(frame)
    if (signal !== null) received(signalOf(signal[1]), signal[2] ?? '')
    else if (frame.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`)
    else if (frame === '2') socket.send('3')
    else if (frame.startsWith('40')) connected.resolve()
    else if (frame.startsWith('430[{"ok":true')) joined.resolve()
    else if (frame.startsWith('44') || frame.startsWith('430')) joined.reject(new Error(`Lectern says ${frame}`))
    else if (frame.startsWith('42["webrtc:error"')) throw new Error(`Lectern says ${frame}`)
  })
  return {
    async join() {
      await connected.promise
      say('join_session', {}, '0')
      await joined.promise
    },
    send: (kind, targetUserId, payload) =>
      say(kind === 'candidate' ? 'ice_candidate' : kind, { targetUserId, [kind]: payload }),
    close: () => closed(socket),
  }
}

const signalOf = (event: string | undefined): Signal =>
  event === 'offer' ? 'offer' : event === 'answer' ? 'answer' : 'candidate'
