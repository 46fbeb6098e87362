import { LecternError } from '../errors.ts'
import type { RoomsPorts } from '../ports.ts'
import { untilTold } from './until-told.ts'

export type PersistencePorts = Pick<RoomsPorts, 'transport' | 'clock' | 'random'>

const TRIES = 6
const FIRST_MS = 250
const LONGEST_MS = 10_000

/** How long to wait after so many failures, in milliseconds: half of it certain, half of it chance. */
export function backoff(failures: number, error: LecternError, random: () => number): number {
  const span = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
  return Math.max(error.retryAfterMs ?? 0, span * (0.5 + random() / 2))
}

/**
 * Asks until there is an answer: waits for a connection, and asks again after what may pass.
 * @throws LecternError what does not pass, or has not while online; the signal's reason
 */
export async function askPersistently<Answer>(
  ports: PersistencePorts,
  signal: AbortSignal,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let failures = 0; ; ) {
    await online(ports, signal)
    try {
      return await ask()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof LecternError && error.shouldRetry())) throw error
      const wasOnline = ports.transport.connection.getSnapshot().status === 'online'
      if (wasOnline) failures++
      if (failures >= TRIES) throw error
      await pause(ports, backoff(Math.max(1, failures), error, ports.random), signal)
    }
  }
}

/**
 * As `askPersistently`, and goes on after what may pass: for what nobody would ask for again.
 * @throws LecternError what does not pass; the signal's reason
 */
export async function askUntilAnswered<Answer>(
  ports: PersistencePorts,
  signal: AbortSignal,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    try {
      return await askPersistently(ports, signal, ask)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof LecternError && error.shouldRetry())) throw error
      await pause(ports, backoff(TRIES, error, ports.random), signal)
    }
  }
}

/** @throws the signal's reason */
export async function pause(
  { clock }: Pick<PersistencePorts, 'clock'>,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  await untilTold(signal, (resolve) => clock.after(ms, resolve))
}

async function online({ transport }: PersistencePorts, signal: AbortSignal): Promise<void> {
  if (transport.connection.getSnapshot().status === 'online') return signal.throwIfAborted()
  await untilTold(signal, (resolve) => transport.onOnline(resolve))
}
