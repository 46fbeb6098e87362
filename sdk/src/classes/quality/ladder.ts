import type { Adaptation, QualityReason } from '../classroom.types.ts'
import type { Sample } from './sample.ts'

export interface Rung {
  /** Pixels on the shorter side; 0: no picture. */
  readonly height: number
  /** Bits a second, without audio: below this the picture falls apart, and more than this it does not need. */
  readonly needs: number
  readonly most: number
}

export const RUNGS: readonly Rung[] = [
  { height: 0, needs: 0, most: 0 },
  { height: 180, needs: 80_000, most: 160_000 },
  { height: 360, needs: 300_000, most: 600_000 },
  { height: 720, needs: 900_000, most: 1_700_000 },
]
const NO_PICTURE = 0
const THUMBNAIL = 1
const MIDDLE = 2
const FULL = 3

/** Opus at 32 kbit/s in 50 packets a second of 40 bytes of headers and more. */
const AUDIO_BPS = 50_000
/** Until the estimate of what the network bears means anything. */
const SETTLING_MS = 2_500
const BAD_SAMPLES = 2
/** Without a picture one is worse off than with a bad one. */
const GIVE_UP_SAMPLES = 5
const CPU_SAMPLES = 8
const LOSS = 0.08
/** An estimate that just bears a rung does not bear it for long. */
const SAFETY = 1.2
const FIRST_WAIT_MS = 1_000
const WAIT_AFTER_STEP_DOWN_MS = 9_000
const WAIT_AFTER_STEP_UP_MS = 4_000
const PROBE_MS = 2_000
/** Where probing shows nothing: by then it is worth a try. */
const TRIAL_MS = 45_000

/** Where the pictures to one person are, and why. */
export interface Ladder {
  readonly rung: number
  /** Why it is not as high as it may be; undefined: it has not come so far yet. */
  readonly reason: QualityReason | undefined
  readonly startedAt: number
  /** How many samples in a row were too bad for this rung. */
  readonly bad: number
  readonly cpuBound: number
  /** Since when there has been room. */
  readonly roomSince: number
  /** How long there has to be room before the next step up. */
  readonly waitMs: number
  /** Since when it is allowed more bits than it needs; undefined: it is not. */
  readonly probingSince: number | undefined
  readonly steppedAt: number
}

/** Begins in the middle: a good network is found out within a second or two, a bad one is not flooded meanwhile. */
export const newLadder = (now: number): Ladder => ({
  rung: MIDDLE,
  reason: undefined,
  startedAt: now,
  bad: 0,
  cpuBound: 0,
  roomSince: now,
  waitMs: FIRST_WAIT_MS,
  probingSince: undefined,
  steppedAt: now,
})

/** How high it may go: a mesh sends its picture once for each of the others. */
export function ceilingOf({ peers, isScreenShared }: { peers: number; isScreenShared: boolean }): number {
  if (isScreenShared) return THUMBNAIL
  return peers <= 1 ? FULL : MIDDLE
}

const rungAt = (index: number): Rung => RUNGS[index] ?? { height: 0, needs: 0, most: 0 }

/** The highest rung that so many bits a second bear. */
const borneBy = (availableBps: number): number =>
  RUNGS.findLastIndex(({ needs }) => needs === 0 || needs + AUDIO_BPS <= availableBps)

/** One sample a second. @param now milliseconds */
export function climb(ladder: Ladder, sample: Sample, ceiling: number, now: number): Ladder {
  const below = ladder.rung > ceiling ? { ...ladder, rung: ceiling } : ladder
  const fall = fallOf(below, sample, now)
  if (fall.rung < below.rung || fall.bad > 0) return fall
  return rise(fall, sample, ceiling, now)
}

function fallOf(ladder: Ladder, { availableBps, lossOut, limitation }: Sample, now: number): Ladder {
  const { needs } = rungAt(ladder.rung)
  const isSettled = now - ladder.startedAt >= SETTLING_MS
  const isTooMuch = isSettled && availableBps !== undefined && availableBps < needs + AUDIO_BPS
  const isLossy = lossOut >= LOSS
  const cpuBound = limitation === 'cpu' ? ladder.cpuBound + 1 : 0
  const bad = ladder.rung > NO_PICTURE && (isTooMuch || isLossy) ? ladder.bad + 1 : 0
  if (ladder.rung > THUMBNAIL && cpuBound >= CPU_SAMPLES) return down(ladder, ladder.rung - 1, 'cpu', now)
  const isFarTooMuch = isTooMuch && availableBps < needs / 2
  const enough = ladder.rung === THUMBNAIL ? GIVE_UP_SAMPLES : isFarTooMuch ? 1 : BAD_SAMPLES
  if (bad < enough) return { ...ladder, bad, cpuBound, roomSince: bad > 0 ? now : ladder.roomSince }
  const borne = isTooMuch ? borneBy(availableBps) : ladder.rung - 1
  const lowest = ladder.rung === THUMBNAIL ? NO_PICTURE : THUMBNAIL
  return down(ladder, Math.max(lowest, Math.min(borne, ladder.rung - 1)), isTooMuch ? 'bandwidth' : 'loss', now)
}

const down = (ladder: Ladder, rung: number, reason: QualityReason, now: number): Ladder => ({
  ...ladder,
  rung,
  reason,
  bad: 0,
  cpuBound: 0,
  roomSince: now,
  waitMs: WAIT_AFTER_STEP_DOWN_MS,
  probingSince: undefined,
  steppedAt: now,
})

/**
 * What the network bears shows only while something is sent: an estimate does not go far beyond that. So after a while
 * with room it is probed, and a rung that the estimate bears is taken. Browsers probe when they are allowed more bits,
 * with a few packets that say nothing; the picture stays as it is meanwhile.
 */
function rise(ladder: Ladder, { availableBps, lossOut }: Sample, ceiling: number, now: number): Ladder {
  if (ladder.rung >= ceiling) return { ...ladder, reason: undefined, roomSince: now, probingSince: undefined }
  const { needs } = rungAt(ladder.rung)
  const isQuiet = lossOut < LOSS / 4
  const hasRoom = isQuiet && (availableBps === undefined || availableBps >= (needs + AUDIO_BPS) * 1.1)
  // Without a picture nothing is sent that could tell.
  if (!hasRoom && ladder.rung > NO_PICTURE) return { ...ladder, roomSince: now, probingSince: undefined }
  if (now - ladder.roomSince < ladder.waitMs) return ladder
  const borne = availableBps === undefined ? ladder.rung + 1 : borneBy(availableBps / SAFETY)
  if (borne > ladder.rung) return up(ladder, Math.min(borne, ceiling), ceiling, now)
  const isWorthATry = now - ladder.steppedAt >= TRIAL_MS
  if (ladder.rung === NO_PICTURE || isWorthATry) return up(ladder, ladder.rung + 1, ceiling, now)
  return probe(ladder, now)
}

const up = (ladder: Ladder, rung: number, ceiling: number, now: number): Ladder => ({
  ...ladder,
  rung,
  reason: rung === ceiling ? undefined : ladder.reason,
  roomSince: now,
  waitMs: WAIT_AFTER_STEP_UP_MS,
  probingSince: undefined,
  steppedAt: now,
})

/** Each beginning of it is a probe. */
function probe(ladder: Ladder, now: number): Ladder {
  if (ladder.probingSince === undefined) return { ...ladder, probingSince: now }
  if (now - ladder.probingSince < PROBE_MS) return ladder
  return { ...ladder, probingSince: undefined, roomSince: now, waitMs: WAIT_AFTER_STEP_UP_MS }
}

/** As somebody is told it. */
export function adaptationOf({ rung, reason }: Ladder): Adaptation {
  if (reason === undefined) return { step: 'full' }
  return rung === NO_PICTURE
    ? { step: 'video_off', reason }
    : { step: 'fewer_pixels', height: rungAt(rung).height, reason }
}

const ROOM: readonly Adaptation['step'][] = ['video_off', 'fewer_pixels', 'full']
const roomOf = (adaptation: Adaptation): number =>
  ROOM.indexOf(adaptation.step) * 10_000 + (adaptation.step === 'fewer_pixels' ? adaptation.height : 0)

/** What goes to one of them in full says that one's own network bears it: then it is that of the others. */
export const leastReduced = (adaptations: readonly Adaptation[]): Adaptation =>
  adaptations.reduce<Adaptation | undefined>(
    (known, one) => (known === undefined || roomOf(one) > roomOf(known) ? one : known),
    undefined,
  ) ?? { step: 'full' }
