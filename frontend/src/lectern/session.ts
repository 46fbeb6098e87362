import { type Api, createApi, createClient, type LecternClient, LecternError, type Readable } from '@lectern/client'
import type { LoginBody, Realm, RegisterBody, UserRecord } from '@lectern/protocol'
import { keepRealm, lastRealm } from './last-realm.ts'

export type SessionState =
  | { readonly kind: 'starting' }
  /** Whether somebody is signed in could not be found out. */
  | { readonly kind: 'unreachable'; readonly error: unknown }
  /** `ended`: where the person is from whose session came to its end without their doing. */
  | { readonly kind: 'signed_out'; readonly ended: Realm | undefined }
  | { readonly kind: 'signed_in'; readonly user: UserRecord; readonly client: LecternClient }

/** Tells the other tabs of this browser, which share the cookies. */
const CHANNEL = 'lectern.session'

const isUnauthenticated = (error: unknown): boolean => error instanceof LecternError && error.code === 'UNAUTHENTICATED'

/** Who is signed in, by the cookies of this browser. */
export class Session implements Readable<SessionState> {
  readonly #api: Api = createApi({})
  readonly #listeners = new Set<() => void>()
  readonly #signingOut = new Set<() => void>()
  readonly #otherTabs = new BroadcastChannel(CHANNEL)
  #state: SessionState = { kind: 'starting' }
  /** Of the newest question or answer: what was asked before counts no more. */
  #turn = 0

  constructor() {
    this.#otherTabs.onmessage = () => void this.start()
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#look()
    })
  }

  getSnapshot(): SessionState {
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Finds out who is signed in. */
  async start(): Promise<void> {
    if (this.#state.kind !== 'signed_in') this.#become({ kind: 'starting' })
    const turn = this.#nextTurn()
    try {
      const user = await this.#whoIsIt()
      if (turn === this.#turn) this.#signedIn(user)
    } catch (error) {
      if (turn !== this.#turn) return
      if (isUnauthenticated(error)) this.#ended()
      else if (this.#state.kind !== 'signed_in') this.#become({ kind: 'unreachable', error })
    }
  }

  /** @throws LecternError */
  async signIn(credentials: LoginBody): Promise<void> {
    const { data } = await this.#api.login({ body: credentials })
    this.#signedIn(data.user)
    this.#otherTabs.postMessage('signed in')
  }

  /** @throws LecternError */
  async register(account: RegisterBody): Promise<void> {
    const { data } = await this.#api.register({ body: account })
    this.#signedIn(data.user)
    this.#otherTabs.postMessage('signed in')
  }

  /** Told while the cookies are still there, so that what waits can be done. @returns stops telling */
  onSigningOut(listener: () => void): () => void {
    this.#signingOut.add(listener)
    return () => this.#signingOut.delete(listener)
  }

  /** @throws LecternError; one is signed in still */
  async signOut(): Promise<void> {
    for (const listener of this.#signingOut) listener()
    await this.#api.logout({ body: {} })
    keepRealm(undefined)
    this.#signedOut(undefined)
    this.#otherTabs.postMessage('signed out')
  }

  /** The server takes the credentials no longer. */
  end(): void {
    this.#ended()
  }

  /** One's own account was changed. */
  changed(user: UserRecord): void {
    if (this.#state.kind === 'signed_in') this.#become({ ...this.#state, user })
  }

  /** Somebody else may have signed in elsewhere than in a tab of this client: on the set-up page, through an LMS. */
  async #look(): Promise<void> {
    if (this.#state.kind !== 'signed_in' && !this.#waitsForLms) return
    const turn = this.#nextTurn()
    const user = await this.#whoIsIt().catch(() => undefined)
    if (user !== undefined && turn === this.#turn) this.#signedIn(user)
  }

  get #waitsForLms(): boolean {
    return this.#state.kind === 'signed_out' && this.#state.ended === 'external'
  }

  #nextTurn(): number {
    this.#turn += 1
    return this.#turn
  }

  async #whoIsIt(): Promise<UserRecord> {
    try {
      return (await this.#api.me()).data
    } catch (error) {
      if (!isUnauthenticated(error)) throw error
      return (await this.#api.refresh({ body: {} })).data.user
    }
  }

  #signedIn(user: UserRecord): void {
    this.#nextTurn()
    keepRealm(user.realm)
    const before = this.#state
    if (before.kind === 'signed_in' && before.user.id === user.id) {
      this.#become({ ...before, user })
      return
    }
    if (before.kind === 'signed_in') before.client.close()
    const renew = async () => (await this.#api.refresh({ body: {} })).data.access_token
    const client = createClient({ userId: user.id, renew })
    client.connection.subscribe(() => {
      // It may be that the cookies are another's now.
      if (client.connection.getSnapshot().status === 'refused') void this.#look()
    })
    client.connect()
    this.#become({ kind: 'signed_in', user, client })
  }

  /** After a reload only who came from an LMS is told so: others were perhaps never here. */
  #ended(): void {
    if (this.#state.kind === 'signed_in') this.#signedOut(this.#state.user.realm)
    else this.#signedOut(lastRealm() === 'external' ? 'external' : undefined)
  }

  #signedOut(ended: Realm | undefined): void {
    this.#nextTurn()
    if (this.#state.kind === 'signed_in') this.#state.client.close()
    this.#become({ kind: 'signed_out', ended })
  }

  #become(state: SessionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
