import type { ChatServer } from './chat-servers.ts'
import { enterAll, type Place } from './members.ts'

/** Somebody in a course's room. */
export interface Talker {
  /** How many messages of the room have come, their own among them. */
  readonly messages: number
  /** Resolves when the server has acknowledged it. */
  say(text: string): Promise<unknown>
  close(): Promise<void>
}

/** Where rooms talk, whatever the protocol. */
export interface Venue {
  /** All whose processors' time is the server's. */
  readonly pids: readonly number[]
  /** @returns the people of these places, in their order, each in its course's room */
  enter(places: readonly Place[]): Promise<Talker[]>
  /** @throws Error when the server stores messages and holds more or fewer of the course */
  verify(courseId: string, messages: number): Promise<void>
}

export const overSocketIo = (server: ChatServer): Venue => ({
  pids: server.pids,
  verify: (courseId, messages) => server.verify(courseId, messages),
  enter: async (places) => {
    const clients = await enterAll(server, places)
    return clients.map((client, index) => ({
      get messages() {
        return client.messages
      },
      say: (message) =>
        client.call('chat:send_message', {
          course_id: places[index]?.courseId,
          message,
          client_id: crypto.randomUUID(),
        }),
      close: () => client.close(),
    }))
  },
})
