/** Revs that have been folded, `from` and `to` included. */
interface Run {
  readonly from: number
  readonly to: number
}

/** How much of a course's changes has been folded. */
export interface Reach {
  /** Everything up to here, but for what later changes have replaced. */
  readonly upTo: number
  /** The highest rev that is known to exist. */
  readonly highest: number
  /** What has been folded beyond a gap; sorted, apart from each other and from `upTo`. */
  readonly beyond: readonly Run[]
}

export const reachAt = (rev: number): Reach => ({ upTo: rev, highest: rev, beyond: [] })

/** Whether changes are missing that are known to exist. */
export const isBehind = (reach: Reach): boolean => reach.upTo < reach.highest

/** One change has been folded. */
export function reached(reach: Reach, rev: number): Reach {
  if (rev <= reach.upTo) return reach
  const highest = Math.max(reach.highest, rev)
  if (rev === reach.upTo + 1 && reach.beyond.length === 0) return { upTo: rev, highest, beyond: [] }
  return joined({ ...reach, highest, beyond: inserted(reach.beyond, rev) })
}

/** Everything up to `rev` has been folded. */
export const coveredUpTo = (reach: Reach, rev: number): Reach =>
  rev <= reach.upTo ? reach : joined({ ...reach, upTo: rev, highest: Math.max(reach.highest, rev) })

/** That there are changes up to `rev` has been heard. */
export const heardOf = (reach: Reach, rev: number): Reach => (rev <= reach.highest ? reach : { ...reach, highest: rev })

function inserted(runs: readonly Run[], rev: number): Run[] {
  const apart: Run[] = []
  let run: Run = { from: rev, to: rev }
  for (const other of runs) {
    if (other.to + 1 < run.from || run.to + 1 < other.from) apart.push(other)
    else run = { from: Math.min(run.from, other.from), to: Math.max(run.to, other.to) }
  }
  return [...apart, run].sort((a, b) => a.from - b.from)
}

/** Takes the runs in that `upTo` has come to. */
function joined({ upTo, highest, beyond }: Reach): Reach {
  const rest = [...beyond]
  let end = upTo
  for (let next = rest[0]; next !== undefined && next.from <= end + 1; next = rest[0]) {
    end = Math.max(end, next.to)
    rest.shift()
  }
  return { upTo: end, highest, beyond: rest }
}
