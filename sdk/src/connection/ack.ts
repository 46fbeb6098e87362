import type { Ack } from '@lectern/protocol'
import { LecternError } from '../errors.ts'
import { isObject, readWireError } from '../wire-error.ts'

/** `data` is as the server sent it: its schema would be most of a page's script. */
const isSuccess = <Data>(answer: Ack<Data> | unknown): answer is Extract<Ack<Data>, { ok: true }> =>
  isObject(answer) && answer['ok'] === true

/**
 * What an event was answered with.
 * @throws LecternError the server's refusal; `NETWORK` where the answer is not Lectern's
 */
export function readAck<Data>(answer: unknown): Data {
  if (isSuccess<Data>(answer)) return answer.data
  const refusal = isObject(answer) ? readWireError(answer['error']) : undefined
  throw refusal ?? new LecternError('NETWORK', 'The answer is not of Lectern.')
}
