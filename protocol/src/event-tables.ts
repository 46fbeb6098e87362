import { AUTH_CLIENT_EVENTS, AUTH_SERVER_EVENTS } from './auth-events.ts'
import { CHAT_CLIENT_EVENTS, CHAT_SERVER_EVENTS } from './chat-events.ts'
import { CLASS_CLIENT_EVENTS, CLASS_SERVER_EVENTS } from './classes-events.ts'
import type { EmittedBy, ReceivedFrom } from './events.ts'

/** Every event that a client may send. */
export const CLIENT_EVENTS = { ...CHAT_CLIENT_EVENTS, ...CLASS_CLIENT_EVENTS, ...AUTH_CLIENT_EVENTS }
export type ClientEventName = keyof typeof CLIENT_EVENTS
export type ClientToServerEvents = EmittedBy<typeof CLIENT_EVENTS>

/** Every event that the server may send. */
export const SERVER_EVENTS = { ...CHAT_SERVER_EVENTS, ...CLASS_SERVER_EVENTS, ...AUTH_SERVER_EVENTS }
export type ServerEventName = keyof typeof SERVER_EVENTS
export type ServerToClientEvents = ReceivedFrom<typeof SERVER_EVENTS>
