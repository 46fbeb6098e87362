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

/** Lets them in, some at once. @returns what `enter` does, in their order */
export async function someAtOnce<Entered>(
  places: readonly Place[],
  enter: (place: Place, index: number) => Promise<Entered>,
): Promise<Entered[]> {
  const entered: Entered[] = []
  for (let begun = 0; begun < places.length; begun += ENTERING_AT_ONCE) {
    const some = places.slice(begun, begun + ENTERING_AT_ONCE)
    entered.push(...(await Promise.all(some.map((place, index) => enter(place, begun + index)))))
  }
  return entered
}

/** @returns their clients, in their order, each in its course's room */
export const enterAll = (
  server: ChatServer,
  places: readonly Place[],
  options: (place: Place, index: number) => Pick<RawClientOptions, 'sampleEvery' | 'sampled'> = () => ({}),
): Promise<RawClient[]> =>
  someAtOnce(places, async (place, index) => {
    const auth = server.auth(place.userId, [place.courseId])
    const client = await RawClient.open({ url: server.url, auth, ...options(place, index) })
    await client.call('chat:join_room', { courseId: place.courseId })
    return client
  })

export async function closeAll(clients: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(clients.map((client) => client.close()))
}
