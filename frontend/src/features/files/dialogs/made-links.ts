import { readStored, writeStored } from '../../../ui/storage.ts'

/** A link that somebody made in this browser. What it opens with is kept nowhere: it is shown once. */
export interface MadeLink {
  readonly id: string
  readonly fileId: string
  /** ISO 8601. */
  readonly expiresAt: string
}

const keyOf = (userId: string): string => `lectern.links.${userId}`

const isLink = (value: unknown): value is MadeLink =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'fileId', 'expiresAt'].every((name) => typeof Reflect.get(value, name) === 'string')

/** Those that have not ended; anybody can write into a browser's storage. */
export function madeLinks(userId: string, now = Date.now()): readonly MadeLink[] {
  try {
    const kept: unknown = JSON.parse(readStored(keyOf(userId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isLink).filter(({ expiresAt }) => Date.parse(expiresAt) > now) : []
  } catch {
    return []
  }
}

const keep = (userId: string, links: readonly MadeLink[]): void =>
  writeStored(keyOf(userId), links.length === 0 ? null : JSON.stringify(links))

export const keepLink = (userId: string, link: MadeLink): void => keep(userId, [...madeLinks(userId), link])

export const forgetLink = (userId: string, linkId: string): void =>
  keep(
    userId,
    madeLinks(userId).filter(({ id }) => id !== linkId),
  )
