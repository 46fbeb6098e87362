/** A number stays on one line with what it counts. */
const unit = (value: number, name: 'hour' | 'minute' | 'second', language: string): string =>
  new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' })
    .format(value)
    .replaceAll(' ', '\u00a0')

/** As `45 min` or `1 hr 30 min`; below a minute in seconds, for which `0 sec` is nothing. */
export function durationText(seconds: number, language: string): string {
  if (seconds < 60) return unit(Math.floor(seconds), 'second', language)
  const minutes = Math.round(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const parts = [
    ...(hours === 0 ? [] : [unit(hours, 'hour', language)]),
    ...(minutes % 60 === 0 ? [] : [unit(minutes % 60, 'minute', language)]),
  ]
  return parts.join(' ')
}
