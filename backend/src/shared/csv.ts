/** What a CSV file begins with, or spreadsheets take its UTF-8 for the machine's own code page. */
export const CSV_BOM = '\uFEFF'

/** A cell that begins so is a formula to a spreadsheet; full-width signs too, where the input method is Chinese or Japanese. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/

/** One record of RFC 4180, its line break included. What would be a formula is text: an apostrophe stands before it. */
export const csvRecord = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
