import { type LoginBody, normaliseJoinCode, type RegisterBody, type UpdateMeBody } from '@lectern/protocol'
import type { UserActor } from '../../access/actor.ts'
import type { Clock } from '../../shared/clock.ts'
import { forbidden, unauthenticated } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { AccountRepository, Invitation } from './accounts.repository.ts'
import type { LiveAccess, Registration, SignedIn, User } from './accounts.types.ts'
import type { EnrolmentEvents } from './courses.types.ts'
import type { LoginLimits } from './login-limits.ts'
import type { Passwords } from './passwords.ts'
import type { SignIn } from './sign-in.ts'

export interface AccountServicePorts {
  readonly accounts: AccountRepository
  readonly courses: { idOfCode(realm: 'local', code: string): Promise<string | undefined> }
  readonly events: Pick<EnrolmentEvents, 'changed'>
  readonly passwords: Passwords
  readonly limits: LoginLimits
  readonly signIn: SignIn
  readonly live: Pick<LiveAccess, 'userChanged'>
  readonly registration: Registration
  readonly clock: Clock
}

/** Accounts as their owners use them. */
export class AccountService {
  readonly #ports: AccountServicePorts

  constructor(ports: AccountServicePorts) {
    this.#ports = ports
  }

  /**
   * Makes a local account and signs in. A known address counts as a failed login; that it is known cannot be kept from
   * who has a join code, and is told no more often than passwords may be guessed.
   * @param address the caller's
   * @throws AppError `FORBIDDEN` where registration is closed or the join code lets nobody in; `CONFLICT`; `RATE_LIMITED`
   */
  async register(input: RegisterBody, address: string): Promise<SignedIn> {
    const { email } = input
    const user = await this.#ports.limits.attempt(
      { email, address },
      ({ code }) => code === 'CONFLICT' || code === 'FORBIDDEN',
      () => this.#register(input),
    )
    return await this.#ports.signIn.begin(user)
  }

  /**
   * @param address the caller's
   * @throws AppError `UNAUTHENTICATED`, the same whether address or password is wrong or the account is disabled;
   * `RATE_LIMITED`; `UNAVAILABLE`
   */
  async login({ email, password }: LoginBody, address: string): Promise<SignedIn> {
    const user = await this.#ports.limits.attempt(
      { email, address },
      ({ code }) => code === 'UNAUTHENTICATED',
      () => this.#check(email, password),
    )
    return await this.#ports.signIn.begin(user)
  }

  /** @throws AppError `UNAUTHENTICATED` */
  refresh(refreshToken: string): Promise<SignedIn> {
    return this.#ports.signIn.refresh(refreshToken)
  }

  logout(refreshToken: string): Promise<void> {
    return this.#ports.signIn.end(refreshToken)
  }

  /** @throws AppError `UNAUTHENTICATED` when the account went meanwhile */
  async me({ userId }: UserActor): Promise<User> {
    const user = await this.#ports.accounts.byId(userId)
    if (user === undefined) throw unauthenticated()
    return user
  }

  /** @throws AppError `FORBIDDEN` for the name of an external user, which their tokens tell anew each time */
  async updateMe(actor: UserActor, change: UpdateMeBody): Promise<User> {
    if (actor.realm === 'external' && change.name !== undefined) {
      throw forbidden('Your name comes from the system that signed you in.')
    }
    const { user, effect } = await this.#ports.accounts.update(actor.userId, change, actor.realm)
    if (effect === 'changed') this.#ports.live.userChanged(user.id)
    return user
  }

  async #register({ email, name, password, join_code: code }: RegisterBody): Promise<User> {
    const invitation = await this.#invitation(code)
    const { accounts, events, passwords, clock } = this.#ports
    const passwordHash = await passwords.hash(password)
    const account = { id: newId(), name, email, role: 'student', passwordHash, now: clock.now() } as const
    const user = await accounts.createLocal(account, invitation)
    if (invitation !== undefined) await events.changed(invitation.courseId, [user.id])
    return user
  }

  async #invitation(typed: string | undefined): Promise<Invitation | undefined> {
    const { courses, registration } = this.#ports
    if (registration === 'closed') throw refusal('registration_closed', 'Accounts are made by an administrator here.')
    if (typed === undefined) {
      if (registration === 'open') return undefined
      throw refusal('join_code_needed', 'An account needs the join code of a course.')
    }
    const code = normaliseJoinCode(typed)
    const courseId = await courses.idOfCode('local', code)
    if (courseId === undefined) throw refusal('join_code_unknown', 'This join code lets nobody in.')
    return { courseId, code }
  }

  async #check(email: string, password: string): Promise<User> {
    const { accounts, passwords } = this.#ports
    const known = await accounts.credentialsOf(email)
    const matches = await passwords.matches(known?.passwordHash, password)
    if (!matches || known === undefined || known.user.disabled) throw wrongCredentials()
    return known.user
  }
}

/** `reason` tells a form which of the three it is. */
const refusal = (reason: 'registration_closed' | 'join_code_needed' | 'join_code_unknown', message: string) =>
  forbidden(message, { reason })

const wrongCredentials = () => unauthenticated('E-mail address or password is wrong.')
