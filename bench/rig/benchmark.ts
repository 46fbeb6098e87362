/** One line of the table. A ratio has no unit: how many times as fast as the peer, or as much as the peer needs. */
export interface Figure {
  readonly what: string
  /** Ours, the peer's, and the unit of both; the peer is left out where there is none. */
  readonly ours: number
  readonly peer?: number
  readonly unit: string
  /** What is compared with the target: a ratio, or `ours`. */
  readonly value: number
  readonly target: { readonly atLeast: number } | { readonly atMost: number } | undefined
}

export interface BenchmarkOptions {
  /** A second or two, to see that it still runs: nothing is judged. */
  readonly quick: boolean
}

export interface Benchmark {
  readonly name: string
  /** One sentence: what is done, and against what. */
  readonly about: string
  run(options: BenchmarkOptions): Promise<readonly Figure[]>
}

export function reached({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
}
