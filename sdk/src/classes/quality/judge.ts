import type { Quality, QualityReason } from '../classroom.types.ts'
import type { Sample } from './sample.ts'

/** From where on it is fair, and from where on poor: what is heard and seen of it (ITU-T G.114 for the delay). */
const LINES: readonly {
  readonly reason: QualityReason
  readonly of: (sample: Sample) => number
  fair: number
  poor: number
}[] = [
  { reason: 'loss', of: ({ lossIn, lossOut }) => Math.max(lossIn, lossOut), fair: 0.03, poor: 0.1 },
  { reason: 'delay', of: ({ rttMs }) => rttMs, fair: 300, poor: 800 },
  { reason: 'delay', of: ({ jitterMs }) => jitterMs, fair: 60, poor: 200 },
  // A picture is limited by what we allow it, too: only what the network is thought to bear tells.
  { reason: 'bandwidth', of: ({ availableBps = 1_000_000 }) => -availableBps, fair: -200_000, poor: -80_000 },
  { reason: 'cpu', of: ({ limitation }) => Number(limitation === 'cpu'), fair: 1, poor: 2 },
]

const GRADES = ['good', 'fair', 'poor'] as const
const gradeOf = ({ level }: Quality): number => GRADES.indexOf(level)

/** One bad second is no bad connection, and one good one no good one. */
const WORSE_AFTER = 3
const BETTER_AFTER = 5
/** Samples that `judge` looks at. */
export const JUDGED = BETTER_AFTER

export const GOOD: Quality = { level: 'good' }

/** @param samples one a second, the newest last @param before what was said last */
export function judge(samples: readonly Sample[], before: Quality): Quality {
  const judged = samples.map(judgeOne)
  const worse = atLeast(judged.slice(-WORSE_AFTER), WORSE_AFTER)
  if (worse !== undefined && gradeOf(worse) > gradeOf(before)) return worse
  const recent = judged.slice(-BETTER_AFTER)
  const worst = recent.reduce<Quality>((known, one) => (gradeOf(one) > gradeOf(known) ? one : known), GOOD)
  return recent.length === BETTER_AFTER && gradeOf(worst) < gradeOf(before) ? worst : before
}

/** The least bad of so many: as bad as this it was all the time. */
const atLeast = (judged: readonly Quality[], count: number): Quality | undefined =>
  judged.length < count ? undefined : judged.reduce((known, one) => (gradeOf(one) <= gradeOf(known) ? one : known))

function judgeOne(sample: Sample): Quality {
  const poor = LINES.find(({ of, poor: line }) => of(sample) >= line)
  if (poor !== undefined) return { level: 'poor', reason: poor.reason }
  const fair = LINES.find(({ of, fair: line }) => of(sample) >= line)
  return fair === undefined ? GOOD : { level: 'fair', reason: fair.reason }
}
