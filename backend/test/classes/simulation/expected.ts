// Attendance as the contract's text says it, calculated from what happened. Imports nothing of the backend.
import { type Happening, TEACHER, USERS } from './timeline.ts'

const GRACE = 10
const LATE_AFTER_MIN = 10
const PRESENT_PERCENT = 75

export interface Expected {
  readonly total_seconds: number
  readonly percent: number
  readonly joins: number
  readonly hands_raised: number
  readonly messages_sent: number
  readonly status: 'present' | 'late' | 'partial' | 'absent'
  /** Too near to where another begins for what may be 15 seconds off. */
  readonly isStatusClose: boolean
  /** Epoch milliseconds, by the clock of the process that ran then. */
  readonly intervals: readonly { readonly from: number; readonly to: number | null }[]
}

interface Stretch {
  readonly from: number
  to: number | undefined
  /** Clock of its process: epoch milliseconds at second 0. */
  readonly zero: number
}

interface Person {
  readonly intervals: Stretch[]
  joins: number
  hands: number
  messages: number
  device: string | undefined
  isWaiting: boolean
  silentSince: number | undefined
  /** Their connection has dropped. */
  dropped: { readonly noticedAt: number; readonly lastSign: number } | undefined
  /** A restart has come between; until when their coming back is none. */
  mayReturnUntil: number | undefined
}

/** By user. @param liveSeconds is told how long the class was live */
export function expectedOf(happenings: readonly Happening[]): { liveSeconds: number; people: Map<string, Expected> } {
  const course = new Course()
  for (const happening of happenings) course.happens(happening)
  return course.result()
}

class Course {
  readonly #people = new Map<string, Person>(
    USERS.map((user) => [
      user,
      {
        ...{ intervals: [], joins: 0, hands: 0, messages: 0, device: undefined, isWaiting: false },
        ...{ silentSince: undefined, dropped: undefined, mayReturnUntil: undefined },
      },
    ]),
  )
  readonly #spans: Stretch[] = []
  #status: 'scheduled' | 'live' | 'ended' = 'scheduled'
  #zero = 0
  #now = 0

  happens(happening: Happening): void {
    const { t } = happening
    this.#now = t
    for (const person of this.#people.values()) this.#endGrace(person, t)
    switch (happening.kind) {
      case 'start':
        this.#start(t, happening.wall)
        break
      case 'crash':
        this.#crash(t)
        break
      case 'end':
        this.#status = 'ended'
        this.#everybodyOut(t)
        break
      case 'reopen':
        this.#status = 'scheduled'
        break
      case 'report':
        break
      case 'say':
        if (this.#status === 'live') this.#person(happening.user).messages += 1
        break
      case 'join':
        this.#join(happening.user, happening.device, t)
        break
      default:
        this.#byDevice(happening.kind, this.#person(happening.user), happening.device, t)
    }
  }

  #person(user: string): Person {
    const person = this.#people.get(user)
    if (person === undefined) throw new Error(`No ${user}.`)
    return person
  }

  #start(t: number, wall: number): void {
    this.#zero = wall - t * 1000
    if (this.#status !== 'live') return
    this.#spans.push({ from: t, to: undefined, zero: this.#zero })
    for (const person of this.#people.values()) {
      if (person.mayReturnUntil !== undefined) person.mayReturnUntil = t + GRACE
    }
  }

  #crash(t: number): void {
    const there = [...this.#people.values()].filter(isThere)
    this.#everybodyOut(t)
    for (const person of there) person.mayReturnUntil = Number.POSITIVE_INFINITY
  }

  #everybodyOut(t: number): void {
    for (const person of this.#people.values()) this.#out(person, person.dropped?.lastSign ?? person.silentSince ?? t)
    const span = this.#spans.at(-1)
    if (span !== undefined) span.to ??= t
  }

  #out(person: Person, at: number): void {
    const interval = person.intervals.at(-1)
    if (interval !== undefined) interval.to ??= at
    Object.assign(person, { device: undefined, isWaiting: false, silentSince: undefined, dropped: undefined })
    person.mayReturnUntil = undefined
  }

  #endGrace(person: Person, t: number): void {
    if (person.dropped !== undefined && t > person.dropped.noticedAt + GRACE) this.#out(person, person.dropped.lastSign)
  }

  #join(user: string, device: string, t: number): void {
    const person = this.#person(user)
    Object.assign(person, { device, silentSince: undefined, dropped: undefined })
    if (isThere(person)) return
    if (this.#status === 'scheduled' && user === TEACHER) {
      this.#status = 'live'
      this.#spans.push({ from: t, to: undefined, zero: this.#zero })
      for (const waiting of this.#people.values()) if (waiting.isWaiting) this.#enter(waiting, t)
    }
    if (this.#status === 'live') this.#enter(person, t)
    else person.isWaiting = true
  }

  #enter(person: Person, t: number): void {
    const isReturn = person.mayReturnUntil !== undefined && t <= person.mayReturnUntil
    person.intervals.push({ from: t, to: undefined, zero: this.#zero })
    person.joins += isReturn ? 0 : 1
    person.isWaiting = false
    person.mayReturnUntil = undefined
  }

  #byDevice(kind: 'leave' | 'drop' | 'hand' | 'silent' | 'lost', person: Person, device: string, t: number): void {
    // Of a connection that another has replaced nothing is heard.
    if (person.device !== device || !isThere(person)) return
    if (kind === 'leave') this.#out(person, t)
    else if (kind === 'drop') person.dropped = { noticedAt: t, lastSign: t }
    else if (kind === 'silent') person.silentSince = t
    else if (kind === 'lost') person.dropped = { noticedAt: t, lastSign: person.silentSince ?? t }
    else person.hands += 1
  }

  result(): ReturnType<typeof expectedOf> {
    const seconds = (stretches: readonly Stretch[]) =>
      stretches.reduce((sum, { from, to }) => sum + (to ?? this.#now) - from, 0)
    const liveSeconds = seconds(this.#spans)
    const startedAt = this.#spans[0]?.from ?? 0
    const people = [...this.#people].map(([user, person]): [string, Expected] => {
      const total_seconds = seconds(person.intervals)
      const percent = (100 * total_seconds) / liveSeconds
      const first = person.intervals[0]
      const lateMinutes = first === undefined ? 0 : (first.from - startedAt) / 60
      const status =
        first === undefined
          ? 'absent'
          : percent < PRESENT_PERCENT
            ? 'partial'
            : lateMinutes > LATE_AFTER_MIN
              ? 'late'
              : 'present'
      const isStatusClose =
        Math.abs(percent - PRESENT_PERCENT) < 1500 / liveSeconds || Math.abs(lateMinutes - LATE_AFTER_MIN) < 0.25
      const intervals = person.intervals.map(({ from, to, zero }) => ({
        from: zero + from * 1000,
        to: to === undefined ? null : zero + to * 1000,
      }))
      const counts = { joins: person.joins, hands_raised: person.hands, messages_sent: person.messages }
      return [user, { ...counts, total_seconds, percent, status, isStatusClose, intervals }]
    })
    return { liveSeconds, people: new Map(people) }
  }
}

/** In the class, or within the grace. */
const isThere = ({ intervals }: Person): boolean => intervals.length > 0 && intervals.at(-1)?.to === undefined
