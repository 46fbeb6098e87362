/** What a server says of itself at `/metrics` (the Prometheus text format). */
export async function readMetrics(url: string): Promise<Metrics> {
  const answer = await fetch(`${url}/metrics`)
  return new Metrics(await answer.text())
}

export class Metrics {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  value(name: string): number {
    const found = new RegExp(`^${name} (.*)$`, 'm').exec(this.#text)?.[1]
    if (found === undefined) throw new Error(`The server has no metric ${name}.`)
    return Number(found)
  }

  /** The upper bounds of a histogram's buckets, and how many values are below each. */
  buckets(name: string): readonly { readonly le: number; readonly count: number }[] {
    const found = this.#text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (.*)$`, 'gm'))
    return [...found].map(([, le, count]) => ({
      le: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le),
      count: Number(count),
    }))
  }
}

/** The percentile of what a histogram was given between two readings; within a bucket values are taken to lie evenly. */
export function percentileBetween(before: Metrics, after: Metrics, name: string, rank: number): number {
  const earlier = before.buckets(name)
  const counts = after
    .buckets(name)
    .map(({ le, count }, index) => ({ le, count: count - (earlier[index]?.count ?? 0) }))
  const sought = rank * (counts.at(-1)?.count ?? 0)
  const index = counts.findIndex(({ count }) => count >= sought)
  const [below, bucket] = [counts[index - 1] ?? { le: 0, count: 0 }, counts[index]]
  if (bucket === undefined || sought === 0) throw new RangeError(`${name} was given nothing.`)
  if (!Number.isFinite(bucket.le)) return below.le
  return below.le + ((sought - below.count) / (bucket.count - below.count)) * (bucket.le - below.le)
}
