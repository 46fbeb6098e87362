import { dateFormat, type Time } from './time.ts'

/** As `Monday`. */
export const weekdayName = (time: Time, language: string): string => {
  const name = dateFormat(language, { weekday: 'long' }).format(new Date(time))
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

/** As `22` and `Nov`. */
export function calendarDay(time: Time, language: string): { readonly day: string; readonly month: string } {
  // As it is written beside the day: where a month stands alone, it may be longer.
  const parts = dateFormat(language, { day: 'numeric', month: 'short' }).formatToParts(new Date(time))
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? ''
  return { day: part('day'), month: part('month') }
}
