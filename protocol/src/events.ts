import type { z } from 'zod'
import type { Ack } from './envelope.ts'

/**
 * Which of a person's buckets an event counts against, over all connections and REST alike. `signal`: offers, answers and
 * candidates, as many as other events, beside them.
 */
export type EventLimit = 'change' | 'typing' | 'event' | 'signal'

export interface ClientEvent<Payload extends z.ZodType = z.ZodType, Data extends z.ZodType = z.ZodType> {
  readonly payload: Payload
  /** `data` of the acknowledgement. */
  readonly ack: Data
  readonly limit: EventLimit
  readonly summary: string
}

export const defineClientEvent = <Payload extends z.ZodType, Data extends z.ZodType>(
  event: ClientEvent<Payload, Data>,
): ClientEvent<Payload, Data> => event

export interface ServerEvent<Payload extends z.ZodType = z.ZodType> {
  readonly payload: Payload
  readonly summary: string
  /** To whom it is sent. */
  readonly to: string
}

export const defineServerEvent = <Payload extends z.ZodType>(event: ServerEvent<Payload>): ServerEvent<Payload> => event

/** The listener map of Socket.IO's types: what a client may emit, and the ack it may ask for. */
export type EmittedBy<Table extends Record<string, ClientEvent>> = {
  [Name in keyof Table]: (
    payload: z.input<Table[Name]['payload']>,
    ack?: (answer: Ack<z.output<Table[Name]['ack']>>) => void,
  ) => void
}

/** The listener map of Socket.IO's types: what a client may be sent. */
export type ReceivedFrom<Table extends Record<string, ServerEvent>> = {
  [Name in keyof Table]: (payload: z.output<Table[Name]['payload']>) => void
}
