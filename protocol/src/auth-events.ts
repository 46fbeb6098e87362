import { z } from 'zod'
import { defineClientEvent, defineServerEvent } from './events.ts'
import { LIMITS } from './limits.ts'
import { wireInput } from './spelling.ts'
import { time } from './times.ts'

export const expiry = z.object({ expiresAt: time }).meta({ id: 'Expiry' })
export type Expiry = z.infer<typeof expiry>

export const AUTH_CLIENT_EVENTS = {
  'auth:refresh': defineClientEvent({
    payload: wireInput({ token: z.string().min(1).max(LIMITS.token) }),
    ack: expiry,
    limit: 'event',
    summary: 'Keep the connection open with a newer token of the same person.',
  }),
}

export const AUTH_SERVER_EVENTS = {
  'auth:expiring': defineServerEvent({
    payload: expiry,
    summary: `The connection's token ends in ${LIMITS.expiringSeconds} s, and the connection with it.`,
    to: 'The connection.',
  }),
}
