import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { ByteRange } from '../storage/storage.types.ts'
import type { ReadBuffers } from './read-buffers.ts'

/**
 * Writes bytes of a file to a response, and ends it: while one read leaves, the next is made, and both go into memory
 * that is used again. Ends early when the client is gone.
 * @throws Error when the file ends before the range does; the response is then not whole
 */
export async function copyFile(
  file: FileHandle,
  { start, end }: ByteRange,
  response: ServerResponse,
  buffers: ReadBuffers,
): Promise<void> {
  let position = start
  let leaving = Promise.resolve(true)
  while (position <= end) {
    const buffer = buffers.take(end + 1 - position)
    let isLent = false
    try {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end + 1 - position), position)
      if (bytesRead === 0) throw new Error(`A stored file ends at ${position}, before its record says.`)
      if (!(await leaving)) return
      position += bytesRead
      isLent = true
      leaving = written(response, buffer, bytesRead, buffers)
    } finally {
      if (!isLent) buffers.giveBack(buffer)
    }
  }
  if (await leaving) response.end()
}

/** Whether the bytes have left. Of a write that waited behind another answer on a connection that broke, Node tells nothing. */
async function written(
  response: ServerResponse,
  buffer: Buffer,
  length: number,
  buffers: ReadBuffers,
): Promise<boolean> {
  if (response.closed) {
    buffers.giveBack(buffer)
    return false
  }
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const onClose = () => resolve(false)
  response.once('close', onClose)
  response.write(buffer.subarray(0, length), (error) => resolve(!error))
  const haveLeft = await promise
  response.off('close', onClose)
  if (haveLeft) buffers.giveBack(buffer)
  else buffers.leave(buffer)
  return haveLeft
}
