import type { CourseRole } from '@lectern/protocol'
import type { Expression } from 'kysely'
import type { EffectiveRole, Realm } from '../../access/actor.ts'
import { mayChangeRoles, mayRemove } from '../../access/policies.ts'
import type { Database } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { CourseTable, EnrolmentTable, UserTable } from '../../database/schema.ts'
import { forbidden, notFound } from '../../shared/errors.ts'
import type { Standings } from './access.ts'
import type { CourseStanding, Member, MemberPlace } from './courses.types.ts'
import { type Roster, type RosterChanges, rosterOperations } from './enrolments.repository.roster.ts'
import {
  type Db,
  enrol,
  keepTeacher,
  makeUsers,
  newUser,
  openCourse,
  undoRemovals,
  unenrol,
} from './enrolments.repository.rows.ts'

export interface MemberToAdd {
  readonly courseId: string
  readonly person: { readonly userId: string } | { readonly email: string }
  readonly role: CourseRole
  /** What the caller is in the course. */
  readonly by: EffectiveRole
  /** Whether somebody with an unknown id is made; an unknown address never is anybody. */
  readonly makes: boolean
  readonly now: number
}

export interface RoleToGive {
  readonly courseId: string
  readonly userId: string
  readonly role: CourseRole
  readonly by: EffectiveRole
}

export interface CodeJoin {
  readonly courseId: string
  readonly code: string
  readonly userId: string
  readonly now: number
}

export interface MemberToRemove {
  readonly courseId: string
  readonly userId: string
  readonly by: EffectiveRole
  /** Epoch milliseconds; undefined when the member leaves by themselves. */
  readonly removedAt: number | undefined
}

export const enrolmentOperations = defineOperations(import.meta.url, {
  /**
   * @returns whether it changed anything, and whether the person is newly enrolled
   * @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for the last teacher
   */
  async addMember({ db, dialect }, input: MemberToAdd): Promise<{ member: Member; added: boolean; changed: boolean }> {
    const course = await openCourse(db, dialect, input.courseId)
    const userId = await personToAdd(db, course.realm, input)
    const known = await enrolmentOf(db, course.id, userId)
    if (known === undefined) {
      const row = {
        course_id: course.id,
        user_id: userId,
        role: input.role,
        source: 'roster',
        joined_at: input.now,
      } as const
      await enrol(db, course, [row])
    } else {
      await setRole(db, known, input.role, input.by)
      await undoRemovals(db, course.id, [userId])
    }
    const member = await memberOf(db, course.id, userId)
    const changed = known === undefined || known.role !== input.role || known.source === 'claim'
    return { member, added: known === undefined, changed }
  },

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for the last teacher */
  async changeRole({ db, dialect }, input: RoleToGive): Promise<{ member: Member; changed: boolean }> {
    const course = await openCourse(db, dialect, input.courseId)
    const known = await enrolmentOf(db, course.id, input.userId)
    if (known === undefined) throw notFound('No such member.')
    await setRole(db, known, input.role, input.by)
    return { member: await memberOf(db, course.id, input.userId), changed: known.role !== input.role }
  },

  /** @throws AppError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` for the last teacher */
  async removeMember({ db, dialect }, input: MemberToRemove): Promise<void> {
    const course = await openCourse(db, dialect, input.courseId)
    const known = await enrolmentOf(db, course.id, input.userId)
    if (known === undefined) throw notFound('No such member.')
    const leaves = input.removedAt === undefined
    if (!leaves && !mayRemove(input.by, known.role)) throw forbidden('Assistants remove students alone.')
    await unenrol(db, course.id, [input.userId], input.removedAt)
    if (known.role === 'teacher') await keepTeacher(db, course.id)
  },

  /**
   * Enrols by a code, as a student; who is enrolled by an earlier token's word alone, or by a roster that their token
   * overrules, is from now on enrolled by the code.
   * @throws AppError `NOT_FOUND` when the code is renewed meanwhile, `FORBIDDEN` for who was removed
   */
  async joinByCode({ db, dialect }, input: CodeJoin): Promise<void> {
    const course = await openCourse(db, dialect, input.courseId)
    if (course.join_code !== input.code) throw notFound('No course has this code.')
    const removal = await db
      .selectFrom('removals')
      .select('user_id')
      .where('course_id', '=', course.id)
      .where('user_id', '=', input.userId)
      .executeTakeFirst()
    if (removal !== undefined) throw forbidden('Who was removed comes back through the staff of the course.')
    const known = await enrolmentOf(db, course.id, input.userId)
    if (known === undefined) {
      const row = {
        course_id: course.id,
        user_id: input.userId,
        role: 'student',
        source: 'code',
        joined_at: input.now,
      } as const
      await enrol(db, course, [row])
    } else if (known.source === 'claim' || known.source === 'roster') {
      const role = known.source === 'claim' ? 'student' : known.role
      await updateEnrolment(db, known, { role, source: 'code' })
    }
  },

  async members({ db }, courseId: string): Promise<Member[]> {
    return (await membersOf(db, courseId).execute()).map(toMember)
  },
})

const enrolmentOf = (db: Db, courseId: string, userId: string): Promise<EnrolmentTable | undefined> =>
  db
    .selectFrom('enrolments')
    .selectAll()
    .where('course_id', '=', courseId)
    .where('user_id', '=', userId)
    .executeTakeFirst()

async function personToAdd(db: Db, realm: Realm, { person, makes, now }: MemberToAdd): Promise<string> {
  const found = await ('userId' in person
    ? db.selectFrom('users').select(['id', 'realm']).where('id', '=', person.userId)
    : db.selectFrom('users').select(['id', 'realm']).where('email', '=', person.email).where('realm', '=', realm)
  ).executeTakeFirst()
  if (found?.realm === realm) return found.id
  if (found !== undefined || !makes || !('userId' in person)) throw notFound('No such user.')
  const { userId } = person
  await makeUsers(db, [newUser({ id: userId, realm, name: userId, email: null, now })])
  return userId
}

/** What staff say of somebody whom only a token named holds from now on, as a roster's word does. */
async function setRole(db: Db, known: EnrolmentTable, role: CourseRole, by: EffectiveRole): Promise<void> {
  if (known.role !== role && !mayChangeRoles(by)) throw forbidden('Only teachers change roles.')
  await updateEnrolment(db, known, { role, source: known.source === 'claim' ? 'roster' : known.source })
  if (known.role === 'teacher' && role !== 'teacher') await keepTeacher(db, known.course_id)
}

async function updateEnrolment(
  db: Db,
  known: EnrolmentTable,
  values: Pick<EnrolmentTable, 'role' | 'source'>,
): Promise<void> {
  if (known.role === values.role && known.source === values.source) return
  await db
    .updateTable('enrolments')
    .set(values)
    .where('course_id', '=', known.course_id)
    .where('user_id', '=', known.user_id)
    .execute()
}

const membersOf = (db: Db, courseId: string) =>
  db
    .selectFrom('enrolments as e')
    .innerJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.user_id', 'u.name', 'e.role', 'e.joined_at'])
    .where('e.course_id', '=', courseId)
    .orderBy('e.joined_at')
    .orderBy('e.user_id')

type MemberRow = Pick<EnrolmentTable, 'user_id' | 'role' | 'joined_at'> & Pick<UserTable, 'name'>

const toMember = (row: MemberRow): Member => ({
  userId: row.user_id,
  name: row.name,
  role: row.role,
  joinedAt: row.joined_at,
})

async function memberOf(db: Db, courseId: string, userId: string): Promise<Member> {
  return toMember(await membersOf(db, courseId).where('e.user_id', '=', userId).executeTakeFirstOrThrow())
}

const standingsFor = (db: Db, userId: string | Expression<string>) =>
  db
    .selectFrom('courses as c')
    .leftJoin('enrolments as e', (join) => join.onRef('e.course_id', '=', 'c.id').on('e.user_id', '=', userId))
    .leftJoin('removals as r', (join) => join.onRef('r.course_id', '=', 'c.id').on('r.user_id', '=', userId))
    .select(['c.id', 'c.realm', 'c.archived_at', 'e.role', 'e.source', 'r.removed_at'])

const readStanding = prepareQuery<{ courseId: string; userId: string }, StandingRow>((db, place) =>
  standingsFor(db, place('userId')).where('c.id', '=', place('courseId')),
)

type StandingRow = Pick<CourseTable, 'id' | 'realm' | 'archived_at'> & {
  [Column in 'role' | 'source']: EnrolmentTable[Column] | null
} & { removed_at: number | null }

const toStanding = ({ id, realm, archived_at, role, source, removed_at }: StandingRow): CourseStanding => ({
  courseId: id,
  realm,
  archived: archived_at !== null,
  enrolment: role === null || source === null ? undefined : { role, source },
  removedAt: removed_at ?? undefined,
})

const namesIn = (db: Db, courseId: string) =>
  db
    .selectFrom('enrolments as e')
    .innerJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.user_id', 'u.name as user_name'])
    .where('e.course_id', '=', courseId)

/** Enrolments and removals of both databases. */
export class EnrolmentRepository implements Standings {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async standing(courseId: string, userId: string): Promise<CourseStanding | undefined> {
    const [row] = await readStanding(this.#database.reading, { courseId, userId })
    return row === undefined ? undefined : toStanding(row)
  }

  async standingsOf(userId: string, courseIds: readonly string[]): Promise<CourseStanding[]> {
    const rows = await standingsFor(this.#database.read, userId)
      .where(({ eb, or, selectFrom }) => {
        const enrolling = selectFrom('enrolments').select('course_id').where('user_id', '=', userId)
        const enrolled = eb('c.id', 'in', enrolling)
        return courseIds.length === 0 ? enrolled : or([enrolled, eb('c.id', 'in', courseIds)])
      })
      .where('c.archived_at', 'is', null)
      .execute()
    return rows.map(toStanding)
  }

  members(courseId: string): Promise<Member[]> {
    return this.#database.query(enrolmentOperations.members, courseId)
  }

  /** In order of joining, those after `after`. */
  async membersPage(courseId: string, after: MemberPlace | undefined, limit: number): Promise<Member[]> {
    const page = membersOf(this.#database.read, courseId).limit(limit)
    const rest =
      after === undefined
        ? page
        : page.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('e.joined_at', 'e.user_id'), '>', tuple(after.joinedAt, after.userId)),
          )
    return (await rest.execute()).map(toMember)
  }

  enrolledAmong(courseId: string, userIds: readonly string[]): Promise<{ user_id: string; user_name: string }[]> {
    return namesIn(this.#database.read, courseId).where('e.user_id', 'in', userIds).execute()
  }

  staffOf(courseId: string): Promise<{ user_id: string; user_name: string }[]> {
    return namesIn(this.#database.read, courseId).where('e.role', '!=', 'student').execute()
  }

  enrolledAs(courseId: string, userId: string): Promise<{ name: string; role: CourseRole } | undefined> {
    return this.#database.read
      .selectFrom('enrolments as e')
      .innerJoin('users as u', 'u.id', 'e.user_id')
      .select(['u.name', 'e.role'])
      .where('e.course_id', '=', courseId)
      .where('e.user_id', '=', userId)
      .executeTakeFirst()
  }

  add(input: MemberToAdd): Promise<{ member: Member; added: boolean; changed: boolean }> {
    return this.#database.write(enrolmentOperations.addMember, input)
  }

  changeRole(input: RoleToGive): Promise<{ member: Member; changed: boolean }> {
    return this.#database.write(enrolmentOperations.changeRole, input)
  }

  remove(input: MemberToRemove): Promise<void> {
    return this.#database.write(enrolmentOperations.removeMember, input)
  }

  joinByCode(input: CodeJoin): Promise<void> {
    return this.#database.write(enrolmentOperations.joinByCode, input)
  }

  replaceRoster(input: Roster): Promise<RosterChanges> {
    return this.#database.write(rosterOperations.replaceRoster, input)
  }
}
