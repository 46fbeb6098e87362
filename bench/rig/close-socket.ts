import { once } from 'node:events'
import type { Socket } from 'node:net'

/** Resolves when it is closed, whoever closed it. */
export async function closeSocket(socket: Socket): Promise<void> {
  if (socket.closed) return
  const closed = once(socket, 'close')
  socket.destroy()
  await closed
}
