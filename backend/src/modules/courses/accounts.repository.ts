import type { GlobalRole } from '@lectern/protocol'
import type { Realm } from '../../access/actor.ts'
import type { Database } from '../../database/database.ts'
import { defineOperations } from '../../database/operations.ts'
import { prepareQuery } from '../../database/prepared-query.ts'
import type { UserTable } from '../../database/schema.ts'
import { conflict, forbidden, notFound } from '../../shared/errors.ts'
import type { User } from './accounts.types.ts'
import type { Standing } from './authenticator.ts'
import { type Db, enrol, openCourse } from './enrolments.repository.rows.ts'

export interface LocalAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: GlobalRole
  readonly passwordHash: string
  readonly now: number
}

export interface ExternalUser {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly role: GlobalRole
  readonly now: number
}

/** Enrols who registers, as a student; the code is asked again at the write, since it may be renewed meanwhile. */
export interface Invitation {
  readonly courseId: string
  readonly code: string
}

export interface UserChange {
  readonly name?: string
  readonly role?: GlobalRole
  readonly disabled?: boolean
  readonly locale?: string | null
}

/** A user after a change, and what it means for who is connected: that they must go, or that they are another by now. */
export interface ChangedUser {
  readonly user: User
  readonly effect: 'none' | 'changed' | 'disabled'
}

/** Where a page of users goes on. */
export interface UserPlace {
  readonly name: string
  readonly id: string
}

interface Addressed {
  readonly userId: string
  readonly realm: Realm
}

export const accountOperations = defineOperations(import.meta.url, {
  /** @throws AppError `CONFLICT` when the address is taken, `FORBIDDEN` when the invitation lets in no more */
  async createLocal({ db, dialect }, input: { account: LocalAccount; invitation?: Invitation }): Promise<User> {
    const user = await insertUser(db, localRow(input.account))
    if (input.invitation === undefined) return user
    const { courseId, code } = input.invitation
    const course = await openCourse(db, dialect, courseId).catch(() => undefined)
    if (course?.join_code !== code)
      throw forbidden('This join code lets nobody in any more.', { reason: 'join_code_unknown' })
    const row = {
      course_id: courseId,
      user_id: user.id,
      role: 'student',
      source: 'code',
      joined_at: input.account.now,
    } as const
    await enrol(db, course, [row])
    return user
  },

  /** Of several at once one wins. @throws AppError `CONFLICT` when there is an administrator, or the address is taken */
  async createFirstAdministrator({ db }, account: LocalAccount): Promise<User> {
    if (await hasAdministrator(db)) throw conflict('There is an administrator already.')
    return await insertUser(db, localRow({ ...account, role: 'admin' }))
  },

  /** @throws AppError `CONFLICT` when id or address is taken */
  async createExternal({ db }, user: ExternalUser): Promise<User> {
    const row = await insertUser(db, externalRow(user))
    await db.deleteFrom('user_deletions').where('user_id', '=', user.id).execute()
    return row
  },

  /** @throws AppError `NOT_FOUND`; `CONFLICT` for the last local administrator */
  async updateUser({ db }, { userId, realm, change }: Addressed & { change: UserChange }): Promise<ChangedUser> {
    const known = await rowOf(db, userId, realm)
    const row = { ...known, ...columnsOf(change) }
    const { name, role, locale, disabled } = row
    await db.updateTable('users').set({ name, role, locale, disabled }).where('id', '=', userId).execute()
    if (isActiveAdministrator(known) && !isActiveAdministrator(row)) await keepAdministrator(db)
    if (row.disabled === 1) await db.deleteFrom('refresh_tokens').where('user_id', '=', userId).execute()
    return { user: toUser(row), effect: effectOf(known, row) }
  },

  /**
   * What the user wrote stays, under the name it was sent with; all else of them goes.
   * @returns the courses that they were enrolled in
   * @throws AppError `NOT_FOUND`; `CONFLICT` for the last local administrator
   */
  async removeUser({ db }, { userId, realm, now }: Addressed & { now: number }): Promise<string[]> {
    const known = await rowOf(db, userId, realm)
    const enrolments = await db.selectFrom('enrolments').select('course_id').where('user_id', '=', userId).execute()
    await db.deleteFrom('seats').where('user_id', '=', userId).execute()
    await db.deleteFrom('read_marks').where('user_id', '=', userId).execute()
    // Enrolments and refresh tokens go with it.
    await db.deleteFrom('users').where('id', '=', userId).execute()
    if (isActiveAdministrator(known)) await keepAdministrator(db)
    if (realm === 'external')
      await db.insertInto('user_deletions').values({ user_id: userId, deleted_at: now }).execute()
    return enrolments.map((enrolment) => enrolment.course_id)
  },
})

const personal = { locale: null, disabled: 0 } as const

const localRow = ({ id, name, email, role, passwordHash, now }: LocalAccount): UserTable => ({
  ...{ id, name, email, role, ...personal },
  ...{ realm: 'local', password_hash: passwordHash, created_at: now },
})

const externalRow = ({ id, name, email, role, now }: ExternalUser): UserTable => ({
  ...{ id, name, email, role, ...personal },
  ...{ realm: 'external', password_hash: null, created_at: now },
})

async function insertUser(db: Db, row: UserTable): Promise<User> {
  const taken = await db
    .selectFrom('users')
    .select('id')
    .where(({ eb, or, and }) =>
      or([eb('id', '=', row.id), and([eb('realm', '=', row.realm), eb('email', '=', row.email)])]),
    )
    .executeTakeFirst()
  if (taken !== undefined) throw conflict(taken.id === row.id ? 'This id is taken.' : 'This address is taken.')
  await db.insertInto('users').values(row).execute()
  return toUser(row)
}

async function rowOf(db: Db, userId: string, realm: Realm): Promise<UserTable> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
  if (row?.realm !== realm) throw notFound('No such user.')
  return row
}

const columnsOf = ({ disabled, ...change }: UserChange): Partial<UserTable> => ({
  ...change,
  ...(disabled !== undefined && { disabled: Number(disabled) }),
})

function effectOf(before: UserTable, after: UserTable): ChangedUser['effect'] {
  if (after.disabled > before.disabled) return 'disabled'
  return after.role !== before.role || after.name !== before.name ? 'changed' : 'none'
}

const isActiveAdministrator = ({ realm, role, disabled }: UserTable): boolean =>
  realm === 'local' && role === 'admin' && disabled === 0

async function hasAdministrator(db: Db): Promise<boolean> {
  const administrator = await db
    .selectFrom('users')
    .select('id')
    .where('realm', '=', 'local')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .limit(1)
    .executeTakeFirst()
  return administrator !== undefined
}

/** Called after the change, which its error undoes. */
async function keepAdministrator(db: Db): Promise<void> {
  if (!(await hasAdministrator(db))) throw conflict('One administrator stays.')
}

export const toUser = (row: UserTable): User => ({
  id: row.id,
  realm: row.realm,
  name: row.name,
  email: row.email,
  role: row.role,
  locale: row.locale,
  disabled: row.disabled === 1,
  createdAt: row.created_at,
})

type StandingRow = Pick<UserTable, 'realm' | 'name' | 'role' | 'disabled'>

const readStanding = prepareQuery<{ userId: string }, StandingRow>((db, place) =>
  db.selectFrom('users').select(['realm', 'name', 'role', 'disabled']).where('id', '=', place('userId')),
)

export class AccountRepository {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async standingOf(userId: string): Promise<Standing | undefined> {
    const [row] = await readStanding(this.#database.reading, { userId })
    return row === undefined ? undefined : { ...row, disabled: row.disabled === 1 }
  }

  async byId(userId: string): Promise<User | undefined> {
    const row = await this.#database.read.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
    return row === undefined ? undefined : toUser(row)
  }

  /** The local account of an address, with the hash of its password. */
  async credentialsOf(email: string): Promise<{ user: User; passwordHash: string | null } | undefined> {
    const row = await this.#database.read
      .selectFrom('users')
      .selectAll()
      .where('realm', '=', 'local')
      .where('email', '=', email)
      .executeTakeFirst()
    return row === undefined ? undefined : { user: toUser(row), passwordHash: row.password_hash }
  }

  hasAdministrator(): Promise<boolean> {
    return hasAdministrator(this.#database.read)
  }

  /** By name, those after `after`. */
  async list(realm: Realm, after: UserPlace | undefined, limit: number): Promise<User[]> {
    const all = this.#database.read.selectFrom('users').selectAll().where('realm', '=', realm)
    const rest =
      after === undefined
        ? all
        : all.where(({ eb, refTuple, tuple }) => eb(refTuple('name', 'id'), '>', tuple(after.name, after.id)))
    return (await rest.orderBy('name').orderBy('id').limit(limit).execute()).map(toUser)
  }

  createLocal(account: LocalAccount, invitation?: Invitation): Promise<User> {
    const input = invitation === undefined ? { account } : { account, invitation }
    return this.#database.write(accountOperations.createLocal, input)
  }

  createFirstAdministrator(account: LocalAccount): Promise<User> {
    return this.#database.write(accountOperations.createFirstAdministrator, account)
  }

  createExternal(user: ExternalUser): Promise<User> {
    return this.#database.write(accountOperations.createExternal, user)
  }

  update(userId: string, change: UserChange, realm: Realm): Promise<ChangedUser> {
    return this.#database.write(accountOperations.updateUser, { userId, realm, change })
  }

  remove(userId: string, realm: Realm, now: number): Promise<string[]> {
    return this.#database.write(accountOperations.removeUser, { userId, realm, now })
  }
}
