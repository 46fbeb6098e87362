import type { ServerToClientEvents } from '@lectern/protocol'
import type { FoldedRoom } from '../folded-room.ts'

type TypingChange = Parameters<ServerToClientEvents['chat:user_typing']>[0]

export function foldTyping(state: FoldedRoom, { userId, userName, isTyping }: TypingChange): FoldedRoom {
  const others = state.typing.filter((person) => person.userId !== userId)
  if (isTyping && userId !== state.userId) return { ...state, typing: [...others, { userId, userName }] }
  return others.length === state.typing.length ? state : { ...state, typing: others }
}

/** Whose message has come types no longer. */
export function withoutTypists(state: FoldedRoom, userIds: readonly (string | null)[]): FoldedRoom {
  const rest = state.typing.filter((person) => !userIds.includes(person.userId))
  return rest.length === state.typing.length ? state : { ...state, typing: rest }
}
