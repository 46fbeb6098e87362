import { setTimeout as after } from 'node:timers/promises'
import type { Benchmark } from '../rig/benchmark.ts'
import { type ChatServer, startLectern, startPlainServer } from '../rig/chat-servers.ts'
import { closeAll, enterAll, placesIn } from '../rig/members.ts'
import { residentBytes } from '../rig/memory.ts'

const ROOMS = 20

/** The least of a while: what is collected late is not what a connection needs. */
async function settledBytes(pid: number, seconds: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let looked = 0; looked < seconds * 4; looked++) {
    await after(250)
    least = Math.min(least, await residentBytes(pid))
  }
  return least
}

/** @returns resident bytes for each connection that does nothing in its course's room */
async function bytesEach(server: ChatServer, members: number, seconds: number): Promise<number> {
  // What the first connections load and compile is not theirs.
  await closeAll(await enterAll(server, placesIn(['idle-first'], 100)))
  const before = await settledBytes(server.pid, seconds)
  const courseIds = Array.from({ length: ROOMS }, (_, room) => `idle-${room}`)
  const clients = await enterAll(server, placesIn(courseIds, members))
  const now = await settledBytes(server.pid, seconds)
  await closeAll(clients)
  return (now - before) / clients.length
}

export const idle: Benchmark = {
  name: 'idle',
  about: `5,000 connections that do nothing, in ${ROOMS} rooms of 250: memory of each, against Socket.IO without checks.`,
  async run({ quick }) {
    const [members, seconds] = quick ? [5, 0.5] : [250, 10]
    await using ours = await startLectern()
    const lectern = await bytesEach(ours, members, seconds)
    await using plain = await startPlainServer()
    const peer = await bytesEach(plain, members, seconds)
    const value = lectern / peer
    return [{ what: 'bytes a connection', ours: lectern, peer, unit: 'B', value, target: { atMost: 1.2 } }]
  },
}
