import type { CourseRole } from '@lectern/protocol'
import type { Realm } from '../../access/actor.ts'
import { defineOperations } from '../../database/operations.ts'
import type { CourseTable, EnrolmentTable, UserTable } from '../../database/schema.ts'
import { conflict, notFound } from '../../shared/errors.ts'
import {
  chunksOf,
  type Db,
  enrol,
  keepTeacher,
  lockCourse,
  makeUsers,
  newUser,
  undoRemovals,
  unenrol,
} from './enrolments.repository.rows.ts'

export interface RosterMember {
  readonly userId: string
  /** What is left out stays as it is; somebody made without a name bears their id. */
  readonly name: string | undefined
  readonly email: string | undefined
  readonly role: CourseRole
}

export interface Roster {
  readonly courseId: string
  readonly realm: Realm
  readonly title: string | undefined
  readonly members: readonly RosterMember[]
  /** For the case that the course is made by this. */
  readonly joinCode: string
  readonly by: string | null
  readonly now: number
}

/** Whose enrolment the roster changed; ids. */
export interface RosterChanges {
  readonly added: string[]
  readonly changed: string[]
  readonly removed: string[]
}

export const rosterOperations = defineOperations(import.meta.url, {
  /**
   * Makes the course and the users that are missing, brings names, addresses and roles up to date, removes who is not
   * named. Writes only what differs.
   * @throws AppError `NOT_FOUND` when the course is archived or of the other realm; `CONFLICT` when an id or an address
   * is somebody else's, and when the last teacher would go
   */
  async replaceRoster({ db, dialect }, roster: Roster): Promise<RosterChanges> {
    const course = (await lockCourse(db, dialect, roster.courseId)) ?? (await makeCourse(db, roster))
    if (course.realm !== roster.realm || course.archived_at !== null) throw notFound()
    if (roster.title !== undefined && roster.title !== course.title) await rename(db, course.id, roster.title)
    await recordPeople(db, roster)
    return await recordEnrolments(db, course, roster)
  },
})

async function makeCourse(db: Db, { courseId, realm, title, joinCode, by, now }: Roster): Promise<CourseTable> {
  return await db
    .insertInto('courses')
    .values({
      id: courseId,
      realm,
      title: title ?? courseId,
      join_code: joinCode,
      last_seq: 0,
      last_rev: 0,
      created_by: by,
      created_at: now,
      archived_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const rename = (db: Db, courseId: string, title: string) =>
  db.updateTable('courses').set({ title }).where('id', '=', courseId).execute()

async function recordPeople(db: Db, roster: Roster): Promise<void> {
  const known = await peopleOf(db, roster)
  const made = roster.members.filter((member) => !known.has(member.userId)).map((member) => rowToMake(member, roster))
  const differing = roster.members.flatMap((member) => rowToUpdate(member, known.get(member.userId)))
  await freeAddresses(db, roster.realm, [...made, ...differing])
  await makeUsers(db, made)
  for (const rows of chunksOf(differing)) {
    await db
      .insertInto('users')
      .values(rows)
      .onConflict((conflicting) =>
        conflicting
          .column('id')
          .doUpdateSet((row) => ({ name: row.ref('excluded.name'), email: row.ref('excluded.email') })),
      )
      .execute()
  }
}

async function peopleOf(db: Db, { realm, members }: Roster): Promise<Map<string, UserTable>> {
  const people = new Map<string, UserTable>()
  for (const chunk of chunksOf(members)) {
    const ids = chunk.map((member) => member.userId)
    const rows = await db.selectFrom('users').selectAll().where('id', 'in', ids).execute()
    for (const row of rows) {
      if (row.realm !== realm) throw conflict('This id is taken.', { user_id: row.id })
      people.set(row.id, row)
    }
  }
  return people
}

const rowToMake = ({ userId, name, email }: RosterMember, { realm, now }: Roster): UserTable =>
  newUser({ id: userId, realm, name: name ?? userId, email: email ?? null, now })

function rowToUpdate({ name, email }: RosterMember, known: UserTable | undefined): UserTable[] {
  if (known === undefined) return []
  const row = { ...known, name: name ?? known.name, email: email ?? known.email }
  return row.name === known.name && row.email === known.email ? [] : [row]
}

/**
 * Addresses are unique in a realm. Those that move are given up first, so that the order of the rows does not matter.
 * An existing system's are the person's whom it gave them to last; local ones are signed in with, and nobody's to take.
 */
async function freeAddresses(db: Db, realm: Realm, rows: readonly UserTable[]): Promise<void> {
  const owners = new Map<string, string>()
  for (const { id, email } of rows) {
    if (email === null) continue
    const owner = owners.get(email)
    if (owner !== undefined) throw conflict('Two people of the roster have this address.', { user_ids: [owner, id] })
    owners.set(email, id)
  }
  const changing = new Set(rows.map((row) => row.id))
  for (const chunk of chunksOf([...owners.keys()])) {
    const holders = db
      .selectFrom('users')
      .select(['id', 'email'])
      .where('realm', '=', realm)
      .where('email', 'in', chunk)
    for (const { id, email } of await holders.execute()) {
      if (email === null || owners.get(email) === id) continue
      if (realm === 'local' && !changing.has(id))
        throw conflict('Another person has this address.', { user_id: owners.get(email) })
      await db.updateTable('users').set({ email: null }).where('id', '=', id).execute()
    }
  }
}

async function recordEnrolments(db: Db, course: CourseTable, { members, now }: Roster): Promise<RosterChanges> {
  const enrolled = await db.selectFrom('enrolments').selectAll().where('course_id', '=', course.id).execute()
  const known = new Map(enrolled.map((row) => [row.user_id, row]))
  const rows = members.map((member) => rosterRow(course.id, member, known.get(member.userId), now))
  const added = rows.filter((row) => !known.has(row.user_id))
  const differing = rows.filter((row) => differs(row, known.get(row.user_id)))
  const named = new Set(rows.map((row) => row.user_id))
  const removed = enrolled.filter((row) => !named.has(row.user_id)).map((row) => row.user_id)

  await unenrol(db, course.id, removed, now)
  await enrol(db, course, added)
  await update(db, differing)
  await undoRemovals(
    db,
    course.id,
    rows.filter((row) => known.has(row.user_id)).map((row) => row.user_id),
  )
  if (enrolled.some((row) => row.role === 'teacher')) await keepTeacher(db, course.id)
  return { added: added.map((row) => row.user_id), changed: differing.map((row) => row.user_id), removed }
}

/** What was made or joined by code here stays so: it counts beside a token's claim, whatever the roster says. */
function rosterRow(
  courseId: string,
  member: RosterMember,
  known: EnrolmentTable | undefined,
  now: number,
): EnrolmentTable {
  const isMadeHere = known?.source === 'made' || known?.source === 'code'
  return {
    course_id: courseId,
    user_id: member.userId,
    role: member.role,
    source: isMadeHere ? known.source : 'roster',
    joined_at: known?.joined_at ?? now,
  }
}

const differs = (row: EnrolmentTable, known: EnrolmentTable | undefined): boolean =>
  known !== undefined && (row.role !== known.role || row.source !== known.source)

async function update(db: Db, enrolments: readonly EnrolmentTable[]): Promise<void> {
  for (const rows of chunksOf(enrolments)) {
    await db
      .insertInto('enrolments')
      .values([...rows])
      .onConflict((known) =>
        known.columns(['course_id', 'user_id']).doUpdateSet((row) => ({
          role: row.ref('excluded.role'),
          source: row.ref('excluded.source'),
        })),
      )
      .execute()
  }
}
