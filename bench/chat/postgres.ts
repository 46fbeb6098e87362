import type { Benchmark, BenchmarkOptions, Figure } from '../rig/benchmark.ts'
import { startLectern, startLecternOnPostgres } from '../rig/chat-servers.ts'
import { alternate } from '../rig/rounds.ts'
import { overSocketIo, type Venue } from '../rig/talkers.ts'
import { historyOnPostgres } from './history.ts'
import { measure, type Shape } from './rooms.ts'

/** The processors' time is the server's and PostgreSQL's together. */
async function besideSqlite(
  what: string,
  shape: Shape,
  per: 'messages' | 'deliveries',
  { quick }: BenchmarkOptions,
): Promise<Figure> {
  await using onPostgres = await startLecternOnPostgres()
  await using onSqlite = await startLectern()
  const one = (venue: Venue) => async () => (await measure(venue, shape, quick ? 0.2 : 2))[per]
  const [ours, peer] = await alternate(quick ? 1 : 5, [one(overSocketIo(onPostgres)), one(overSocketIo(onSqlite))])
  return { what, ours, peer, unit: '/s', value: ours / peer, target: undefined }
}

export const postgres: Benchmark = {
  name: 'postgres',
  about:
    'Rooms as in `big-room` and `small-rooms`, a CPU-second being of the server and of PostgreSQL, against the same server on SQLite; and `history`, on PostgreSQL.',
  async run(options) {
    const shapes = options.quick
      ? { big: { rooms: 1, members: 20 }, small: { rooms: 5, members: 4 } }
      : { big: { rooms: 1, members: 200 }, small: { rooms: 50, members: 4 } }
    const big = { ...shapes.big, senders: 4, inFlight: 8 }
    const small = { ...shapes.small, senders: 1, inFlight: 2 }
    return [
      await besideSqlite(`a room of ${big.members}: deliveries`, big, 'deliveries', options),
      await besideSqlite(`${small.rooms} rooms of ${small.members}: messages`, small, 'messages', options),
      ...(await historyOnPostgres(options)),
    ]
  },
}
