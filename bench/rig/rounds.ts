export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low, high] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]]
  if (low === undefined || high === undefined) throw new RangeError('No values.')
  return (low + high) / 2
}

/** The nearest-rank percentile; `rank` from 0 to 1. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)]
  if (found === undefined) throw new RangeError('No values.')
  return found
}

/** How long it takes, in seconds. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

/**
 * Measures each in turn, `rounds` times, after one round that does not count: what else the machine does falls on all alike.
 * @returns the medians, in the order given
 */
export async function alternate<const Measures extends readonly (() => Promise<number>)[]>(
  rounds: number,
  measures: Measures,
): Promise<{ [Index in keyof Measures]: number }>
export async function alternate(rounds: number, measures: readonly (() => Promise<number>)[]): Promise<number[]> {
  const taken: number[][] = measures.map(() => [])
  for (let round = -1; round < rounds; round++) {
    for (const [index, measure] of measures.entries()) {
      const value = await measure()
      if (round >= 0) taken[index]?.push(value)
    }
  }
  return taken.map(median)
}
