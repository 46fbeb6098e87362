import type { CLIENT_EVENTS, ClientEventName, ClientToServerEvents } from '@lectern/protocol'
import type { SchemaOutput } from '../schema-types.ts'

export type EventPayload<Name extends ClientEventName> = Parameters<ClientToServerEvents[Name]>[0]
/** `data` of the acknowledgement. */
export type EventAnswer<Name extends ClientEventName> = SchemaOutput<(typeof CLIENT_EVENTS)[Name]['ack']>
