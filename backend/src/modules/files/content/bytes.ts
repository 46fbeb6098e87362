import { Buffer } from 'node:buffer'
import { open } from 'node:fs/promises'

/** A file on the local disk, read where one looks. */
export interface Bytes {
  readonly size: number
  readonly descriptor: number
  /** Fewer where the file ends before. */
  read(position: number, length: number): Promise<Buffer>
}

export async function withBytes<Result>(
  { path, size }: { readonly path: string; readonly size: number },
  look: (bytes: Bytes) => Promise<Result>,
): Promise<Result> {
  const file = await open(path)
  const read = async (position: number, length: number) => {
    const wanted = Math.max(0, Math.min(length, size - position))
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, position)
    return buffer.subarray(0, bytesRead)
  }
  try {
    return await look({ size, descriptor: file.fd, read })
  } finally {
    await file.close()
  }
}
