import type { CreateUserBody, UpdateUserBody } from '@lectern/protocol'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { mayManageUsers } from '../../access/policies.ts'
import type { Clock } from '../../shared/clock.ts'
import { cutPage, decodeCursor, type Page } from '../../shared/cursor.ts'
import { forbidden, invalid } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { AccountRepository, LocalAccount } from './accounts.repository.ts'
import type { LiveAccess, User } from './accounts.types.ts'
import type { AuditLog, EnrolmentEvents } from './courses.types.ts'
import type { Passwords } from './passwords.ts'

export interface UserServicePorts {
  readonly accounts: AccountRepository
  readonly passwords: Passwords
  readonly live: LiveAccess
  readonly events: Pick<EnrolmentEvents, 'removed'>
  readonly audit: AuditLog
  readonly clock: Clock
}

const place = z.tuple([z.string(), z.string()]).transform(([name, id]) => ({ name, id }))

/** Users as an administrator manages them: each of their own realm, the API key of the external one. */
export class UserService {
  readonly #ports: UserServicePorts

  constructor(ports: UserServicePorts) {
    this.#ports = ports
  }

  /** By name. @throws AppError `FORBIDDEN` */
  async list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string }): Promise<Page<User>> {
    admit(actor)
    const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
    const users = await this.#ports.accounts.list(actor.realm, after, limit + 1)
    return cutPage(users, limit, ({ name, id }) => [name, id])
  }

  /**
   * A local account needs an address and a password; an external user has neither need nor use of a password.
   * @throws AppError `FORBIDDEN`, `VALIDATION_FAILED`, `CONFLICT` when id or address is taken
   */
  async create(actor: Actor, input: CreateUserBody): Promise<User> {
    admit(actor)
    const user = await (actor.realm === 'local' ? this.#createLocal(input) : this.#createExternal(input))
    this.#audit(actor, 'user.make', user.id)
    return user
  }

  /** @throws AppError `FORBIDDEN`, `NOT_FOUND`; `CONFLICT` for the last administrator */
  async update(actor: Actor, userId: string, change: UpdateUserBody): Promise<User> {
    admit(actor)
    const { accounts, live } = this.#ports
    const { user, effect } = await accounts.update(userId, change, actor.realm)
    if (effect === 'disabled') live.userGone(userId)
    if (effect === 'changed') live.userChanged(userId)
    this.#audit(actor, 'user.change', userId)
    return user
  }

  /** @throws AppError `FORBIDDEN`, `NOT_FOUND`; `CONFLICT` for the last administrator */
  async remove(actor: Actor, userId: string): Promise<void> {
    admit(actor)
    const { accounts, clock, events, live } = this.#ports
    const courseIds = await accounts.remove(userId, actor.realm, clock.now())
    live.userGone(userId)
    for (const courseId of courseIds) await events.removed(courseId, [userId])
    this.#audit(actor, 'user.remove', userId)
  }

  async #createLocal({ id, email, password, name, role }: CreateUserBody): Promise<User> {
    if (id !== undefined) throw invalid('The id of a local account is made here.')
    if (email === undefined || password === undefined) throw invalid('A local account needs an email and a password.')
    const { accounts, clock, passwords } = this.#ports
    const passwordHash = await passwords.hash(password)
    const account: LocalAccount = { id: newId(), name, email, role, passwordHash, now: clock.now() }
    return await accounts.createLocal(account)
  }

  async #createExternal({ id = newId(), email, password, name, role }: CreateUserBody): Promise<User> {
    if (password !== undefined) throw invalid('An external user signs in elsewhere and has no password here.')
    const { accounts, clock } = this.#ports
    return await accounts.createExternal({ id, email: email ?? null, name, role, now: clock.now() })
  }

  #audit(actor: Actor, action: string, userId: string): void {
    const by = actor.kind === 'api_key' ? 'api_key' : actor.userId
    this.#ports.audit.info({ audit: action, by, user_id: userId }, 'audit')
  }
}

function admit(actor: Actor): void {
  if (!mayManageUsers(actor)) throw forbidden('Only administrators manage users.')
}
