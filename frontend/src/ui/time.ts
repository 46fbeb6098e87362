const DAY_MS = 86_400_000

/** A region, of a tag that may say more (BCP 47: a script before it, extensions after it). */
const REGION = /^[a-z]+(?:-[a-z]{4})?-([a-z]{2}|\d{3})\b/i

/** As `en-GB` for who reads English in Britain. @param wanted what somebody reads, the best first */
export function regional(language: string, wanted: readonly string[] = navigator.languages): string {
  const own = wanted.find((tag) => tag.split('-', 1)[0] === language)
  const region = own === undefined ? undefined : REGION.exec(own)?.[1]
  return region === undefined ? language : `${language}-${region}`
}

/** To make a formatter takes longer than to draw a message. */
function keptFormats<Options, Format>(make: (language: string, options: Options) => Format) {
  const kept = new Map<string, Format>()
  return (language: string, options: Options): Format => {
    const key = language + JSON.stringify(options)
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make(language, options)
    kept.set(key, made)
    return made
  }
}

/** Of the language as it is written where who reads it is. */
export const dateFormat = keptFormats(
  (language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(regional(language), options),
)
const relativeFormat = keptFormats(
  (language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options),
)

export type Time = Date | string | number

const startOfDay = (time: Date): number => new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()

/** How many calendar days ago, of this machine's zone: 0 today, 1 yesterday, negative ahead. */
export function daysAgo(time: Time, now: Time = Date.now()): number {
  return Math.round((startOfDay(new Date(now)) - startOfDay(new Date(time))) / DAY_MS)
}

/** As `9:47` or `9:47 AM`. */
export const clockTime = (time: Time, language: string): string =>
  dateFormat(language, { hour: 'numeric', minute: '2-digit' }).format(new Date(time))

/** As `Monday, 22 November 2026`; without the year where it is this one. */
export function longDate(time: Time, language: string, now: Time = Date.now()): string {
  const date = new Date(time)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(date)
}

/** As `22 Nov 2025`; without the year where it is this one. */
export function shortDate(time: Time, language: string, now: Time = Date.now()): string {
  const date = new Date(time)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat(language, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(
    date,
  )
}

/** All of it, for a title. */
export const fullTime = (time: Time, language: string): string =>
  dateFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(time))

/** A calendar day: yesterday, today and tomorrow in the language's own words, else the date. */
export function dayName(time: Time, language: string, now: Time = Date.now()): string {
  const days = daysAgo(time, now)
  if (Math.abs(days) > 1) return longDate(time, language, now)
  const name = relativeFormat(language, { numeric: 'auto' }).format(-days, 'day')
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

const STEPS = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** As `5 minutes ago`; after a week the date. */
export function relativeTime(time: Time, language: string, now: Time = Date.now()): string {
  const elapsed = new Date(now).getTime() - new Date(time).getTime()
  if (elapsed >= 7 * DAY_MS) return shortDate(time, language, now)
  const relative = relativeFormat(language, { numeric: 'auto', style: 'short' })
  for (const [unit, ms] of STEPS) if (elapsed >= ms) return relative.format(-Math.floor(elapsed / ms), unit)
  return relative.format(0, 'second')
}
