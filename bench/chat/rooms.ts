import { setTimeout as after } from 'node:timers/promises'
import type { Benchmark, BenchmarkOptions, Figure } from '../rig/benchmark.ts'
import { startLectern, startPlainServer } from '../rig/chat-servers.ts'
import { cpuSeconds } from '../rig/cpu.ts'
import { startEjabberd } from '../rig/ejabberd.ts'
import { closeAll, placesIn } from '../rig/members.ts'
import { alternate } from '../rig/rounds.ts'
import { overSocketIo, type Talker, type Venue } from '../rig/talkers.ts'

/** A talk in equal rooms, as fast as the server acks. */
export interface Shape {
  readonly rooms: number
  readonly members: number
  /** Of each room. */
  readonly senders: number
  /** Of each sender: so many are sent and not yet acked. */
  readonly inFlight: number
}

interface Rate {
  /** Messages sent and acked, and messages received by everybody, for a second of the server's processors. */
  readonly messages: number
  readonly deliveries: number
}

/** Sentences of a course, of some 60 bytes. */
const TEXT = 'Thầy ơi, bài tập tuần này nộp trước thứ Sáu phải không ạ?'

let lastCourse = 0

/** Sends until it is time to stop, and waits for its acks. @returns how many were acked */
async function keepSending(sender: Talker, inFlight: number, stopped: AbortSignal): Promise<number> {
  let acked = 0
  const one = async (): Promise<void> => {
    while (!stopped.aborted) {
      await sender.say(TEXT)
      acked++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
  return acked
}

/** @throws Error when a message that was acked did not come to everybody, or is not stored */
export async function measure(venue: Venue, shape: Shape, seconds: number): Promise<Rate> {
  const courseIds = Array.from({ length: shape.rooms }, () => `bench-${++lastCourse}`)
  const people = await venue.enter(placesIn(courseIds, shape.members))
  // What entering set off (sightings, presence) is not what is measured.
  await after(500)
  const before = await cpuSeconds(...venue.pids)
  const stopped = AbortSignal.timeout(seconds * 1_000)
  const acked = await Promise.all(
    courseIds.map(async (_, room) => {
      const senders = people.slice(room * shape.members, room * shape.members + shape.senders)
      const counts = await Promise.all(senders.map((sender) => keepSending(sender, shape.inFlight, stopped)))
      return counts.reduce((sum, count) => sum + count, 0)
    }),
  )
  const messages = acked.reduce((sum, count) => sum + count, 0)
  const expected = messages * shape.members
  while (received(people) < expected) await after(5)
  const spent = (await cpuSeconds(...venue.pids)) - before
  if (received(people) !== expected) throw new Error(`${received(people)} messages came where ${expected} were sent.`)
  for (const [index, courseId] of courseIds.entries()) await venue.verify(courseId, acked[index] ?? 0)
  await closeAll(people)
  return { messages: messages / spent, deliveries: expected / spent }
}

const received = (people: readonly Talker[]): number => people.reduce((sum, { messages }) => sum + messages, 0)

async function compare(
  what: string,
  shape: Shape,
  per: keyof Rate,
  target: Figure['target'],
  { quick }: BenchmarkOptions,
): Promise<Figure[]> {
  await using lectern = await startLectern()
  await using plain = await startPlainServer()
  await using storing = await startPlainServer('store')
  await using ejabberd = await startEjabberd(TEXT)
  const peers = [
    { against: 'one that stores nothing', venue: overSocketIo(plain), target },
    { against: 'one that stores each', venue: overSocketIo(storing), target: undefined },
    ...(ejabberd === undefined ? [] : [{ against: "ejabberd's multi-user chat", venue: ejabberd, target: undefined }]),
  ]
  const one = (venue: Venue) => async () => (await measure(venue, shape, quick ? 0.2 : 2))[per]
  const [ours = 0, ...theirs] = await alternate(quick ? 1 : 5, [
    one(overSocketIo(lectern)),
    ...peers.map(({ venue }) => one(venue)),
  ])
  return peers.map(({ against, target }, index): Figure => {
    const peer = theirs[index] ?? 0
    return { what: `${what}, against ${against}`, ours, peer, unit: '/s', value: ours / peer, target }
  })
}

export const bigRoom: Benchmark = {
  name: 'big-room',
  about:
    'A room where 4 people send with 8 messages in flight each: messages delivered per CPU-second of the server, against Socket.IO without checks and ejabberd.',
  async run(options) {
    const figures: Figure[] = []
    for (const members of options.quick ? [20] : [200, 50, 500, 1_000]) {
      const shape = { rooms: 1, members, senders: 4, inFlight: 8 }
      const target = members === 200 ? { atLeast: 4 } : undefined
      figures.push(...(await compare(`a room of ${members}: deliveries`, shape, 'deliveries', target, options)))
    }
    return figures
  },
}

export const smallRooms: Benchmark = {
  name: 'small-rooms',
  about:
    'Many rooms of few, somebody in each with 2 messages in flight: messages per CPU-second of the server, against Socket.IO without checks and ejabberd.',
  async run(options) {
    const figures: Figure[] = []
    for (const [rooms, members] of options.quick
      ? ([[5, 4]] as const)
      : ([
          [50, 4],
          [500, 2],
        ] as const)) {
      const shape = { rooms, members, senders: 1, inFlight: 2 }
      const target = rooms === 50 ? { atLeast: 0.8 } : undefined
      figures.push(...(await compare(`${rooms} rooms of ${members}: messages`, shape, 'messages', target, options)))
    }
    return figures
  },
}
