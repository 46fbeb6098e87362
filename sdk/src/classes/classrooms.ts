import type { LecternClient } from '../client.types.ts'
import { systemClock } from '../clock.ts'
import { LecternError } from '../errors.ts'
import type { Classrooms } from './classroom.types.ts'
import { LiveClassroom } from './live-classroom.ts'
import { LiveMedia } from './media/live-media.ts'
import type { ClassPorts } from './ports.ts'

/** Live classes over a client's connection; a page that has none need not load this. Browsers only. */
export function createClassrooms(client: LecternClient): Classrooms {
  const ports = portsOf(client)
  return {
    createLocalMedia: () => {
      requireWebRtc()
      return new LiveMedia(ports.clock)
    },
    classroom: (sessionId, media, options = {}) => {
      requireWebRtc()
      return new LiveClassroom({ sessionId, media, options, ports })
    },
  }
}

const portsOf = (client: LecternClient): ClassPorts => ({
  transport: {
    connection: client.connection,
    emit: (name, payload) => client.emit(name, payload),
    on: (name, listener) => client.on(name, listener),
    onOnline: (listener) =>
      client.connection.subscribe(() => {
        if (client.connection.getSnapshot().status === 'online') listener()
      }),
  },
  connect: () => client.connect(),
  reconnect: () => client.reconnect(),
  iceServers: async (sessionId) => (await client.api.getIceServers({ params: { sessionId } })).data,
  clock: systemClock,
  random: Math.random,
})

/** @throws LecternError `UNAVAILABLE` */
function requireWebRtc(): void {
  if (typeof RTCPeerConnection === 'function') return
  throw new LecternError('UNAVAILABLE', 'This browser has no WebRTC: it can neither send nor show a class.')
}
