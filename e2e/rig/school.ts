import { AUTH_ROUTES, COURSE_ROUTES, type CourseRecord, type GlobalRole, USER_ROUTES } from '@lectern/protocol'
import { restOf } from './rest.ts'
import type { ServerProcess } from './server-process.ts'

const PASSWORD = 'a password for the rig'

/** A local account, signed in: `token` is its access token, good for 15 minutes. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly token: string
}

const addressOf = (name: string): string => `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`

/** Makes the first administrator with the token that the server printed; once per server. */
export async function setUp(server: ServerProcess, name = 'Ada Admin'): Promise<Account> {
  const person = { name, email: addressOf(name), password: PASSWORD }
  const body = { ...person, token: await server.setUpToken() }
  const { data } = await restOf(server.url)(AUTH_ROUTES.setUp, { body })
  return { ...person, id: data.user.id, token: data.access_token }
}

/** The e-mail address follows from the name; names of one server differ. */
export async function addAccount(
  server: ServerProcess,
  administrator: Account,
  name: string,
  role: GlobalRole = 'student',
): Promise<Account> {
  const person = { name, email: addressOf(name), password: PASSWORD }
  const { data } = await restOf(server.url, administrator.token)(USER_ROUTES.createUser, { body: { ...person, role } })
  return { ...person, id: data.id, token: await signIn(server, person) }
}

/** @returns an access token */
export async function signIn(server: ServerProcess, { email, password }: Pick<Account, 'email' | 'password'>) {
  const { data } = await restOf(server.url)(AUTH_ROUTES.login, { body: { email, password } })
  return data.access_token
}

export interface OwnCourse extends CourseRecord {
  readonly join_code: string
}

/** `teacher`: a global teacher or administrator; becomes the course's teacher. */
export async function addCourse(server: ServerProcess, teacher: Account, title: string): Promise<OwnCourse> {
  const { data } = await restOf(server.url, teacher.token)(COURSE_ROUTES.createCourse, { body: { title } })
  if (data.join_code === null) throw new Error('The server kept the join code from the course’s own teacher.')
  return { ...data, join_code: data.join_code }
}

/** Enrols by join code, as a student. */
export async function joinCourse(server: ServerProcess, account: Account, code: string): Promise<CourseRecord> {
  const { data } = await restOf(server.url, account.token)(COURSE_ROUTES.joinCourse, { body: { code } })
  return data
}
