import type { ChatServer } from './chat-servers.ts'
import { RawClient, type RawClientOptions } from './raw-client.ts'

const ENTERING_AT_ONCE = 50

export interface Place {
  readonly courseId: string
  readonly userId: string
}

/** So many people in each course. */
export const placesIn = (courseIds: readonly string[], members: number): Place[] =>
  courseIds.flatMap((courseId) =>
    Array.from({ length: members }, (_, member) => ({ courseId, userId: `bench-${member}-of-${courseId}` })),
  )

/** Lets them in, some at once. @returns their clients, in their order, each in its course's room */
export async function enterAll(
  server: ChatServer,
  places: readonly Place[],
  options: (place: Place, index: number) => Pick<RawClientOptions, 'sampleEvery' | 'sampled'> = () => ({}),
): Promise<RawClient[]> {
  const clients: RawClient[] = []
  for (let begun = 0; begun < places.length; begun += ENTERING_AT_ONCE) {
    const some = places.slice(begun, begun + ENTERING_AT_ONCE).map(async (place, index) => {
      const auth = server.auth(place.userId, [place.courseId])
      const client = await RawClient.open({ url: server.url, auth, ...options(place, begun + index) })
      await client.call('chat:join_room', { courseId: place.courseId })
      return client
    })
    clients.push(...(await Promise.all(some)))
  }
  return clients
}

export async function closeAll(clients: readonly RawClient[]): Promise<void> {
  await Promise.all(clients.map((client) => client.close()))
}
