/**
 * Runs `work` while nobody else of this origin does under this name (Web Locks); waits for its turn, or for `signal`.
 * A page that came by plain HTTP from another machine has no locks, nor has a sandboxed frame: there it runs at once.
 */
export async function alone(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = globalThis.navigator?.locks
  if (locks === undefined) return work()
  let hadItsTurn = false
  const inTurn = () => {
    hadItsTurn = true
    return work()
  }
  try {
    await locks.request(name, { signal }, inTurn)
  } catch (error) {
    if (hadItsTurn) throw error
    if (!signal.aborted) await work()
  }
}
