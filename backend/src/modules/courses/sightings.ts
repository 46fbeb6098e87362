import { createHash } from 'node:crypto'
import type { Database } from '../../database/database.ts'
import type { Clock } from '../../shared/clock.ts'
import { Lru } from '../../shared/lru.ts'
import type { BearerClaims } from './claims.ts'
import type { ClaimedSessions, EnrolmentEvents } from './courses.types.ts'
import { newJoinCode } from './join-code.ts'
import { isRecorded, type Said, sightingOperations } from './sightings.repository.ts'

/** With the name that the bearer goes by. */
type SightedClaims = BearerClaims & { readonly name: string }

export interface SightingsPorts {
  readonly database: Pick<Database, 'reading' | 'write'>
  readonly events: Pick<EnrolmentEvents, 'changed'>
  readonly sessions: ClaimedSessions
  readonly clock: Clock
}

const REMEMBERED = 50_000

/** Records what external tokens say of their bearers, so that a steady stream of requests neither reads nor writes for it. */
export class Sightings {
  readonly #ports: SightingsPorts
  readonly #recorded: Lru<true> = new Lru(REMEMBERED)
  readonly #underWay = new Map<string, Promise<void>>()

  constructor(ports: SightingsPorts) {
    this.#ports = ports
  }

  /**
   * Resolves when what the token says is on disk.
   * @param isKnown whether the bearer has a row as yet; without one everything is recorded again
   * @throws AppError `UNAUTHENTICATED` when the bearer may not come in
   */
  async record(claims: SightedClaims, isKnown: boolean): Promise<void> {
    const key = digestOf(claims)
    if (isKnown && this.#recorded.get(key) !== undefined) return
    const underWay = this.#underWay.get(key) ?? this.#begin(key, claims)
    await underWay
  }

  #begin(key: string, claims: SightedClaims): Promise<void> {
    const recorded = this.#recordAnew(saidBy(claims))
      .then(() => this.#recorded.set(key, true))
      .finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, recorded)
    return recorded
  }

  async #recordAnew(said: Said): Promise<void> {
    const { database, events, sessions, clock } = this.#ports
    if (await isRecorded(database.reading, said)) return
    const sighting = { ...said, joinCodes: joinCodesFor(said), now: clock.now() }
    const { changed, planned } = await database.write(sightingOperations.recordSighting, sighting)
    for (const courseId of changed) await events.changed(courseId, [said.user.id])
    if (planned.length > 0) sessions.planned(planned)
  }
}

function saidBy(claims: SightedClaims): Said {
  const { userId, name, email, role, issuedAt, courses = new Map(), sessions } = claims
  return {
    user: { id: userId, name, email, role },
    issuedAt,
    courses: Array.from(courses, ([id, courseRole]) => ({ id, role: courseRole })),
    sessions: Array.from(sessions, ([id, courseId]) => ({ id, courseId })),
  }
}

const joinCodesFor = ({ courses, sessions }: Said): Map<string, string> =>
  new Map(
    [...courses.map(({ id }) => id), ...sessions.map(({ courseId }) => courseId)].map((id) => [id, newJoinCode()]),
  )

/** `iat` is part of it: after a removal the same words, signed anew, let their bearer in again. */
function digestOf({ userId, name, email, role, issuedAt, courses, sessions }: SightedClaims): string {
  const said = JSON.stringify([userId, name, email, role, issuedAt, [...(courses ?? [])].sort(), [...sessions].sort()])
  return createHash('sha256').update(said).digest('base64')
}
