import type { Connection } from './connection.ts'
import { ping } from './ping.ts'

/** Between two questions whether all has arrived. */
const EVERY_MS = 1_000

/**
 * Learns what a client has surely received, which is where to go on when its connection is lost: what was sent after the
 * client closed, or into a network that had gone, it never had. An answered ping proves that all that was sent before it
 * has arrived: the order is kept. Engine.IO's own ping comes every 25 s; while changes are sent it is asked sooner,
 * right after the first and then once a second.
 */
export function watchReceipts(connection: Connection): void {
  const { conn } = connection.socket
  const asked: ReadonlyMap<string, number>[] = []
  let timer: NodeJS.Immediate | NodeJS.Timeout | undefined
  let askedAt = Number.NEGATIVE_INFINITY

  const ask = (): void => {
    timer = undefined
    if (asked.length > 0 || connection.rooms.size === 0) return
    askedAt = performance.now()
    ping(conn)
  }

  const sent = (): void => {
    if (timer !== undefined || connection.rooms.size === 0) return
    const wait = askedAt + EVERY_MS - performance.now()
    timer = wait > 0 ? setTimeout(ask, wait).unref() : setImmediate(ask)
  }

  connection.sent = sent
  conn.on('packetCreate', ({ type }: { type: string }) => {
    if (type === 'ping') asked.push(positionsOf(connection))
    else sent()
  })
  conn.on('heartbeat', () => {
    connection.confirmed = asked.shift() ?? connection.confirmed
  })
}

/** A room that is still being entered holds back what its position says was sent. */
const positionsOf = (connection: Connection): ReadonlyMap<string, number> =>
  new Map(
    [...connection.rooms.values()]
      .filter((room) => !room.isEntering(connection))
      .map((room) => [room.courseId, room.position.rev]),
  )
