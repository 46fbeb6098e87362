import { AsyncLocalStorage } from 'node:async_hooks'
import type { UserActor } from '../../../access/actor.ts'
import type { Checksum } from './tus-checksum.ts'

/** One request of the tus protocol: what the tus server does not carry through to its store. */
export interface TusCall {
  readonly actor: UserActor
  readonly method: string
  /** `Upload-Metadata` as it came. */
  readonly metadata: string
  readonly checksum: Checksum | undefined
  /** What the answer tells, beside what the tus server does. */
  readonly answer: TusAnswer
}

export interface TusAnswer {
  /** The upload that this request has begun. */
  created?: string
  /** `Upload-Metadata` as it was begun with. */
  metadata?: string
  /** Epoch milliseconds; while bytes are to come. */
  expiresAt?: number
  /** The file that the upload has become. */
  fileId?: string
  /** What one of our own parts threw. */
  error?: unknown
}

const calls = new AsyncLocalStorage<TusCall>()

export const withTusCall = <T>(call: TusCall, work: () => Promise<T>): Promise<T> => calls.run(call, work)

/** Of the request that is being answered. */
export function tusCall(): TusCall {
  const call = calls.getStore()
  if (call === undefined) throw new Error('No tus request is being answered.')
  return call
}
