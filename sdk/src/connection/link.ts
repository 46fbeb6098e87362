import type { ClientEventName, ServerEventName, ServerToClientEvents } from '@lectern/protocol'
import type { LecternError } from '../errors.ts'
import type { EventAnswer, EventPayload } from './event-types.ts'

/** One connection after another to the same server. It tries once when told to; when to try is not its business. */
export interface Link {
  /** Answered by `opened` or `failed`, unless it is dropped first. */
  open(bearer: string | undefined): void
  /** Ends it as if it had broken: the server keeps the rooms for who comes back. Nobody is told. */
  drop(): void
  /** Ends it by saying goodbye. Nobody is told. */
  leave(): void
  /** Finds out by the clock whether the server has been silent for too long, as after this machine slept; then it is `lost`. */
  check(): void
  emit<Name extends ClientEventName>(name: Name, payload: EventPayload<Name>): Promise<EventAnswer<Name>>
  on<Name extends ServerEventName>(name: Name, listener: ServerToClientEvents[Name]): () => void
}

export interface LinkListener {
  /** Called before any event of the connection. */
  opened(): void
  failed(error: LecternError): void
  /** It was open. */
  lost(error: LecternError): void
}
