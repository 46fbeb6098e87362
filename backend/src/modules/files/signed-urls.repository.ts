import { courseRole, globalRole } from '@lectern/protocol'
import { z } from 'zod'
import type { UserActor } from '../../access/actor.ts'
import type { Database, OperationContext } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'

/** What the issuer's token said: by it they are asked at each opening whether they may still read. */
export type LinkIssuer = Pick<UserActor, 'userId' | 'realm' | 'name' | 'role' | 'issuedAt' | 'courses'>

export interface StoredLink {
  readonly id: string
  readonly fileId: string
  readonly issuer: LinkIssuer
  readonly disposition: 'attachment' | 'inline'
  /** Where its file is; null for none. */
  readonly courseId: string | null
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

export interface NewLink extends StoredLink {
  readonly now: number
}

const issuerColumn = z.object({
  realm: z.enum(['local', 'external']),
  name: z.string(),
  role: globalRole,
  issuedAt: z.int(),
  courses: z.record(z.string(), courseRole).nullable(),
})

const issuerText = ({ realm, name, role, issuedAt, courses }: LinkIssuer): string =>
  JSON.stringify({ realm, name, role, issuedAt, courses: courses === undefined ? null : Object.fromEntries(courses) })

function issuerOf(userId: string, text: string): LinkIssuer {
  const { courses, ...facts } = issuerColumn.parse(JSON.parse(text))
  return { ...facts, userId, courses: courses === null ? undefined : new Map(Object.entries(courses)) }
}

const linkChanges = defineOperations(import.meta.url, {
  addLink: async ({ db }: OperationContext, { now, ...link }: NewLink): Promise<void> => {
    await db.deleteFrom('signed_urls').where('expires_at', '<=', now).execute()
    await db
      .insertInto('signed_urls')
      .values({
        id: link.id,
        file_id: link.fileId,
        issuer_id: link.issuer.userId,
        issuer: issuerText(link.issuer),
        disposition: link.disposition,
        course_id: link.courseId,
        expires_at: link.expiresAt,
        created_at: now,
      })
      .execute()
  },

  removeLink: async ({ db }: OperationContext, id: string): Promise<void> => {
    await db.deleteFrom('signed_urls').where('id', '=', id).execute()
  },

  removeLinksOf: async (
    { db }: OperationContext,
    { courseId, userIds }: { readonly courseId: string; readonly userIds: readonly string[] },
  ): Promise<void> => {
    if (userIds.length === 0) return
    await db.deleteFrom('signed_urls').where('issuer_id', 'in', userIds).where('course_id', '=', courseId).execute()
  },
})

/** Links that open one file without signing in. They go with their file. */
export class SignedUrlRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  add = (link: NewLink): Promise<void> => this.#database.write(linkChanges.addLink, link)
  remove = (id: string): Promise<void> => this.#database.write(linkChanges.removeLink, id)
  /** Of these people, of files of the course. */
  removeOf = (courseId: string, userIds: readonly string[]): Promise<void> =>
    this.#database.write(linkChanges.removeLinksOf, { courseId, userIds })

  async find(id: string): Promise<StoredLink | undefined> {
    const row = await this.#database.read.selectFrom('signed_urls').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) return undefined
    return {
      id: row.id,
      fileId: row.file_id,
      issuer: issuerOf(row.issuer_id, row.issuer),
      disposition: row.disposition,
      courseId: row.course_id,
      expiresAt: row.expires_at,
    }
  }
}
