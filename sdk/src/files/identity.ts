import type { Credential, Credentials } from '../credentials.ts'
import { LecternError } from '../errors.ts'
import { subjectOf } from '../jwt.ts'
import type { Api } from '../rest/api.ts'

export interface IdentityPorts {
  readonly api: Pick<Api, 'me'>
  readonly credentials: Pick<Credentials, 'current' | 'renew'>
  /** The id of who is signed in. @throws LecternError */
  readonly userId: () => Promise<string>
}

/** Whose uploads these are, and what shows it to the server. */
export class Identity {
  readonly #ports: IdentityPorts
  #userId: Promise<string> | undefined
  #shown: Credential | undefined

  constructor(ports: IdentityPorts) {
    this.#ports = ports
  }

  /** Asked for once; again where that failed. @throws LecternError */
  userId(): Promise<string> {
    this.#userId ??= this.#ports.userId().catch((error: unknown) => {
      this.#userId = undefined
      throw error
    })
    return this.#userId
  }

  /** The newest. @throws LecternError */
  async credential(): Promise<Credential> {
    this.#shown = await this.#ports.credentials.current()
    return this.#shown
  }

  /** After a refusal. @returns whether there are newer credentials. @throws LecternError */
  async renew(): Promise<boolean> {
    const refused = this.#shown
    return refused !== undefined && (await this.#ports.credentials.renew(refused)) !== undefined
  }

  /**
   * Whose uploads these are, once it is certain that what is sent now goes out under their name: a cookie is the browser's,
   * and somebody else may have signed in to it meanwhile.
   * @throws LecternError `UNAUTHENTICATED` where it would be another's
   */
  async assured(): Promise<string> {
    const userId = await this.userId()
    const { bearer } = await this.credential()
    const signedIn = bearer === undefined ? (await this.#ports.api.me()).data.id : (subjectOf(bearer) ?? userId)
    if (signedIn === userId) return userId
    throw new LecternError('UNAUTHENTICATED', 'Somebody else is signed in to this browser now.')
  }
}
