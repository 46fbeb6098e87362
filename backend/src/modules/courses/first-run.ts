import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { SetupBody } from '@lectern/protocol'
import type { Clock } from '../../shared/clock.ts'
import { AppError, forbidden } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { AccountRepository } from './accounts.repository.ts'
import type { SignedIn, User } from './accounts.types.ts'
import type { Passwords } from './passwords.ts'
import type { SignIn } from './sign-in.ts'

export interface FirstRunPorts {
  readonly accounts: AccountRepository
  readonly passwords: Passwords
  readonly signIn: SignIn
  readonly clock: Clock
}

const TOKEN_BYTES = 32

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const refusal = () => forbidden('This link is not the one that the latest start printed, or has been used.')

/**
 * How the first administrator is made: by who reads the server's console. The token lives as long as the process, of
 * which it keeps only the digest; a restart prints another, until there is an administrator.
 */
export class FirstRun {
  readonly #ports: FirstRunPorts
  #digest: Buffer | undefined

  constructor(ports: FirstRunPorts) {
    this.#ports = ports
  }

  /** @returns the token of the link to print, made anew; undefined when there is an administrator */
  async open(): Promise<string | undefined> {
    if (!(await this.isNeeded())) return undefined
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    this.#digest = digestOf(token)
    return token
  }

  async isNeeded(): Promise<boolean> {
    return !(await this.#ports.accounts.hasAdministrator())
  }

  /** Whether it is the token of `open`, not yet used; in constant time. */
  accepts(token: string): boolean {
    return this.#digest !== undefined && timingSafeEqual(digestOf(token), this.#digest)
  }

  /**
   * Makes the administrator and signs them in. Of two at once one wins. A token whose use fails (an address that is
   * taken) is good for another try.
   * @throws AppError `FORBIDDEN` without the token; `CONFLICT`
   */
  async setUp({ token, email, password, name }: SetupBody): Promise<SignedIn> {
    return await this.#ports.signIn.begin(await this.#consume(token, { email, password, name }))
  }

  async #consume(token: string, { email, password, name }: Omit<SetupBody, 'token'>): Promise<User> {
    if (!this.accepts(token)) throw refusal()
    const digest = this.#digest
    // Nobody else may begin while the password is hashed.
    this.#digest = undefined
    try {
      const { accounts, clock, passwords } = this.#ports
      const passwordHash = await passwords.hash(password)
      return await accounts.createFirstAdministrator({
        ...{ id: newId(), name, email, role: 'admin', passwordHash, now: clock.now() },
      })
    } catch (error) {
      if (await this.isNeeded()) this.#digest = digest
      throw error instanceof AppError && this.#digest === undefined ? refusal() : error
    }
  }
}
