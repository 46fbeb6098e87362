/**
 * Resolves when what is listened to calls `resolve`, and listens no longer.
 * @throws the signal's reason
 */
export async function untilTold(signal: AbortSignal, listen: (resolve: () => void) => () => void): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const give = (): void => reject(signal.reason)
  const stop = listen(resolve)
  signal.addEventListener('abort', give, { once: true })
  try {
    await promise
  } finally {
    stop()
    signal.removeEventListener('abort', give)
  }
}
