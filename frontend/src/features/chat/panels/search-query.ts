import type { SentType } from '@lectern/protocol'

export interface SearchFilters {
  readonly userId: string | undefined
  readonly type: SentType | undefined
  /** Calendar days of this machine's zone, `2026-11-22`; both inclusive. */
  readonly from: string | undefined
  readonly to: string | undefined
}

export const NO_FILTERS: SearchFilters = { userId: undefined, type: undefined, from: undefined, to: undefined }

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** When the day begins here, `days` later. Undefined for what is no day, as a date field holds while one types. */
const startOfDay = (day: string, days: number): string | undefined => {
  const [, year, month, date] = DAY.exec(day) ?? []
  if (year === undefined || Number(year) < 1000) return undefined
  return new Date(Number(year), Number(month) - 1, Number(date) + days).toISOString()
}

const present = <Value extends object>(fields: Value): { [Name in keyof Value]?: Exclude<Value[Name], undefined> } => {
  const result: { [Name in keyof Value]?: Exclude<Value[Name], undefined> } = {}
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined) Object.assign(result, { [name]: value })
  }
  return result
}

/** The search as the server is asked; `to` there is exclusive. */
export const searchQueryOf = (q: string, { userId, type, from, to }: SearchFilters) => ({
  q,
  ...present({
    user_id: userId,
    type,
    from: from === undefined ? undefined : startOfDay(from, 0),
    to: to === undefined ? undefined : startOfDay(to, 1),
  }),
})
