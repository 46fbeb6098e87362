import type { OnlineUser, OnlineUsers, ServerToClientEvents } from '@lectern/protocol'
import type { FoldedRoom } from '../folded-room.ts'
import { withoutTypists } from './typing.ts'

type Difference = Parameters<ServerToClientEvents['chat:presence']>[0]
type Arrival = Parameters<ServerToClientEvents['chat:user_joined']>[0]
type Departure = Parameters<ServerToClientEvents['chat:user_left']>[0]

export const foldOnlineUsers = (
  state: FoldedRoom,
  { users, count }: Pick<OnlineUsers, 'users' | 'count'>,
): FoldedRoom => ({
  ...state,
  online: new Map(users.map((user) => [user.userId, user])),
  onlineCount: count,
})

export function foldPresence(state: FoldedRoom, { joined, left, count }: Difference): FoldedRoom {
  const online = new Map(state.online)
  for (const userId of left) online.delete(userId)
  for (const user of joined) online.set(user.userId, user)
  return withoutTypists({ ...state, online, onlineCount: count }, left)
}

/** The arrival does not say as what: it is what the person last wrote as, or else a student, until the list is asked for. */
export function foldArrival(state: FoldedRoom, { userId, userName, at }: Arrival): FoldedRoom {
  if (state.online.has(userId)) return state
  const arrived: OnlineUser = { userId, userName, role: 'student', since: at }
  return { ...state, online: new Map(state.online).set(userId, arrived), onlineCount: state.onlineCount + 1 }
}

export function foldDeparture(state: FoldedRoom, { userId }: Departure): FoldedRoom {
  const online = new Map(state.online)
  online.delete(userId)
  const onlineCount = Math.max(online.size, state.onlineCount - 1)
  return withoutTypists({ ...state, online, onlineCount }, [userId])
}
