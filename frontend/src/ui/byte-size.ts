const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
/** As the limits of files are counted. */
const STEP = 1024

/** As `12.4 MB` in the language's own writing; a megabyte has 1,048,576 bytes. */
export function byteSize(bytes: number, language: string): string {
  let value = bytes
  let unit = 0
  // What would be written as 1,024 is one of the next.
  while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
    value /= STEP
    unit += 1
  }
  const maximumFractionDigits = unit === 0 || value >= 100 ? 0 : 1
  const unitDisplay = unit === 0 ? 'long' : 'short'
  const format = { style: 'unit', unit: UNITS[unit] ?? 'byte', unitDisplay, maximumFractionDigits } as const
  return new Intl.NumberFormat(language, format).format(value)
}
