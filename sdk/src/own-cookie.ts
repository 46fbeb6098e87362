import type { Credential, Credentials } from './credentials.ts'
import { LecternError } from './errors.ts'

type Shown = Pick<Credentials, 'current' | 'renew'>

/**
 * The cookie of one person, for connections. It is the browser's, and somebody else may have signed in to it meanwhile,
 * unknown to this page: what is unsent here would go out under their name. So it is asked again for each connection but
 * the first, whose it is.
 */
export class OwnCookie implements Shown {
  readonly #cookie: Shown
  readonly #userId: string
  readonly #whoAmI: () => Promise<string>
  #isKnown = true

  /** @param userId whose it is now */
  constructor(cookie: Shown, userId: string, whoAmI: () => Promise<string>) {
    this.#cookie = cookie
    this.#userId = userId
    this.#whoAmI = whoAmI
  }

  /** @throws LecternError `UNAUTHENTICATED` where it is another's */
  async current(): Promise<Credential> {
    if (!this.#isKnown) await this.#check()
    this.#isKnown = false
    return this.#cookie.current()
  }

  /** @throws LecternError `UNAUTHENTICATED` where it is another's */
  async renew(old: Credential): Promise<Credential | undefined> {
    const newer = await this.#cookie.renew(old)
    if (newer !== undefined) await this.#check()
    return newer
  }

  async #check(): Promise<void> {
    if ((await this.#whoAmI()) === this.#userId) return
    throw new LecternError('UNAUTHENTICATED', 'Somebody else is signed in to this browser now.')
  }
}
