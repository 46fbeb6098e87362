const DAY_MS = 86_400_000

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

const format = keptFormats(
  (language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
)
const relativeFormat = keptFormats(
  (language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options),
)

type Time = Date | string | number

const startOfDay = (time: Date): number => new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()

/** How many calendar days ago, of this machine's zone: 0 today, 1 yesterday, negative ahead. */
export function daysAgo(time: Time, now: Time = Date.now()): number {
  return Math.round((startOfDay(new Date(now)) - startOfDay(new Date(time))) / DAY_MS)
}

/** As `9:47` or `9:47 AM`. */
export const clockTime = (time: Time, language: string): string =>
  format(language, { hour: 'numeric', minute: '2-digit' }).format(new Date(time))

/** As `Monday, 22 November 2026`; without the year where it is this one. */
export function longDate(time: Time, language: string, now: Time = Date.now()): string {
  const date = new Date(time)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return format(language, {
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
  return format(language, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(date)
}

/** As `Monday`. */
export const weekdayName = (time: Time, language: string): string => {
  const name = format(language, { weekday: 'long' }).format(new Date(time))
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

/** As `22` and `Nov`. */
export const calendarDay = (time: Time, language: string): { readonly day: string; readonly month: string } => ({
  day: format(language, { day: 'numeric' }).format(new Date(time)),
  month: format(language, { month: 'short' }).format(new Date(time)),
})

/** All of it, for a title. */
export const fullTime = (time: Time, language: string): string =>
  format(language, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(time))

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
