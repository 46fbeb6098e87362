import type { Readable } from '@lectern/client'
import type { Reaction } from '@lectern/protocol'

/** What one has just asked for and the server has not answered yet: per emoji, whether one's own reaction is to be there. */
export type Intents = ReadonlyMap<string, boolean>

const NONE: Intents = new Map()

const withOwn = ({ emoji, user_ids }: Reaction, userId: string, isThere: boolean): Reaction => {
  const others = user_ids.filter((id) => id !== userId)
  const ids = isThere ? [...others, userId] : others
  return { emoji, count: ids.length, user_ids: ids }
}

/** The reactions as they will be once the server has done what was asked for. */
export const intended = (reactions: readonly Reaction[], intents: Intents, userId: string): readonly Reaction[] => {
  if (intents.size === 0) return reactions
  const changed = reactions.map((reaction) => {
    const isThere = intents.get(reaction.emoji)
    return isThere === undefined || isThere === reaction.user_ids.includes(userId)
      ? reaction
      : withOwn(reaction, userId, isThere)
  })
  const known = new Set(reactions.map((reaction) => reaction.emoji))
  const added = [...intents].filter(([emoji, isThere]) => isThere && !known.has(emoji))
  return [
    ...changed.filter((reaction) => reaction.count > 0),
    ...added.map(([emoji]) => ({ emoji, count: 1, user_ids: [userId] })),
  ]
}

/** The intents of each message. The snapshot changes with every one of them. */
export class ReactionIntents implements Readable<ReadonlyMap<string, Intents>> {
  readonly #listeners = new Set<() => void>()
  #byMessage: ReadonlyMap<string, Intents> = new Map()

  getSnapshot(): ReadonlyMap<string, Intents> {
    return this.#byMessage
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  of(messageId: string): Intents {
    return this.#byMessage.get(messageId) ?? NONE
  }

  /** Shows the reaction as it is to be while `change` is under way. @throws what `change` throws */
  async during(messageId: string, emoji: string, isThere: boolean, change: () => Promise<void>): Promise<void> {
    this.#set(messageId, new Map(this.of(messageId)).set(emoji, isThere))
    try {
      await change()
    } finally {
      const left = new Map(this.of(messageId))
      left.delete(emoji)
      this.#set(messageId, left)
    }
  }

  #set(messageId: string, intents: Intents): void {
    const next = new Map(this.#byMessage)
    if (intents.size === 0) next.delete(messageId)
    else next.set(messageId, intents)
    this.#byMessage = next
    for (const listener of this.#listeners) listener()
  }
}
