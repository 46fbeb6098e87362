import { type ClientEvent, type EventLimit, toDetails, type WireError } from '@lectern/protocol'
import type { z } from 'zod'
import type { PersonLimits } from '../access/person-limits.ts'
import { AppError, invalid, notFound, unavailable } from '../shared/errors.ts'
import type { Logger } from '../shared/logger.ts'
import { type Connection, MAX_PENDING_EVENTS } from './connection.ts'

/**
 * What a handler answers. The next event of the connection waits for the handler, and not for `later`:
 * events take effect in the order sent, without the commit of one holding back the next.
 * `after` runs in the turn in which the ack was sent.
 */
export type Outcome<Data> =
  | { readonly now: () => Data; readonly after?: () => void }
  | { readonly later: Promise<Data> }

export interface BoundEvent {
  readonly limit: EventLimit
  /** @throws AppError `VALIDATION_FAILED`, before anything has happened */
  bind(payload: unknown): (connection: Connection) => Promise<Outcome<unknown>>
}

/** Joins an event's schema and its handler: the handler sees only what the schema let through. */
export const handle = <Payload extends z.ZodType, Data extends z.ZodType>(
  event: ClientEvent<Payload, Data>,
  handler: (connection: Connection, payload: z.output<Payload>) => Promise<Outcome<z.output<Data>>>,
): BoundEvent => ({
  limit: event.limit,
  bind(payload) {
    const parsed = event.payload.safeParse(payload)
    if (!parsed.success) throw invalid('The payload is not of the form of this event.', toDetails(parsed.error))
    return (connection) => handler(connection, parsed.data)
  },
})

export type EventObserver = (event: { event: string; outcome: 'ok' | WireError['code']; ms: number }) => void

type Answer = (answer: { ok: true; data: unknown } | { ok: false; error: WireError }) => void

interface Call {
  readonly connection: Connection
  readonly name: string
  readonly answer: Answer | undefined
  readonly startedAt: number
}

/** The one way in for every event of every connection: limits, parses, orders, calls, acks, times, logs. */
export class Dispatcher {
  readonly #events: ReadonlyMap<string, BoundEvent>
  readonly #limits: PersonLimits
  readonly #logger: Logger
  readonly #observe: EventObserver
  readonly #underWay = new Set<Call>()
  #drained: (() => void) | undefined

  constructor(events: Record<string, BoundEvent>, limits: PersonLimits, logger: Logger, observe: EventObserver) {
    this.#events = new Map(Object.entries(events))
    this.#limits = limits
    this.#logger = logger
    this.#observe = observe
  }

  /** @param name what was sent as one: Socket.IO lets numbers pass, and nothing at all */
  receive(connection: Connection, name: unknown, args: readonly unknown[]): void {
    const last = args.at(-1)
    const answer =
      typeof last === 'function' ? (value: unknown) => void Reflect.apply(last, undefined, [value]) : undefined
    const call: Call = { connection, name: String(name ?? ''), answer, startedAt: performance.now() }
    try {
      const run = this.#admit(call, args[0] === last && answer !== undefined ? undefined : args[0])
      connection.pendingEvents++
      this.#underWay.add(call)
      connection.inTurn(() => this.#run(call, run))
    } catch (error) {
      this.#fail(call, error)
    }
  }

  /** Takes no more events, and resolves when those that were taken have been answered. */
  async drain(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#drained = resolve
    if (this.#underWay.size === 0) return
    await promise
  }

  #admit({ connection, name }: Call, payload: unknown): ReturnType<BoundEvent['bind']> {
    if (this.#drained !== undefined) throw unavailable('The server is closing.')
    if (connection.pendingEvents >= MAX_PENDING_EVENTS) throw unavailable('Too many events are under way.')
    const { userId } = connection.actor
    const event = this.#events.get(name)
    // A change counts in the service, where a repeat is known for one; what never gets there counts as an event.
    if (event === undefined || event.limit !== 'change') this.#limits.take(userId, event?.limit ?? 'event')
    if (event === undefined) throw notFound('No such event.')
    try {
      return event.bind(payload)
    } catch (error) {
      if (event.limit === 'change') this.#limits.take(userId, 'event')
      throw error
    }
  }

  async #run(call: Call, run: ReturnType<BoundEvent['bind']>): Promise<void> {
    try {
      const outcome = await run(call.connection)
      if ('later' in outcome) {
        call.connection.track(outcome.later)
        void outcome.later.then(
          (data) => this.#succeed(call, data),
          (error: unknown) => this.#fail(call, error),
        )
      } else {
        this.#succeed(call, outcome.now())
        outcome.after?.()
      }
    } catch (error) {
      this.#fail(call, error)
    } finally {
      call.connection.pendingEvents--
    }
  }

  #succeed(call: Call, data: unknown): void {
    call.answer?.({ ok: true, data })
    this.#record(call, 'ok')
  }

  #fail(call: Call, error: unknown): void {
    const { connection, name, answer } = call
    const known = error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong.')
    if (known !== error)
      this.#logger.error({ err: error, event: name, userId: connection.actor.userId }, 'event failed')
    const wire = known.toWire()
    if (answer !== undefined) answer({ ok: false, error: wire })
    // An event's own name goes back as sent, but no more of it than a name can have.
    else
      connection.emit(name.startsWith('webrtc:') ? 'webrtc:error' : 'chat:error', { event: name.slice(0, 64), ...wire })
    this.#record(call, known.code)
  }

  #record(call: Call, outcome: 'ok' | WireError['code']): void {
    const { connection, name, startedAt } = call
    if (this.#underWay.delete(call) && this.#underWay.size === 0) this.#drained?.()
    const known = this.#events.has(name) ? name : 'unknown'
    const fields = { event: known, outcome, ms: performance.now() - startedAt }
    this.#observe(fields)
    this.#logger.debug({ ...fields, userId: connection.actor.userId, connectionId: connection.id }, 'event')
  }
}
