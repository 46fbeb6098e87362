import type { PersonLimits } from '../access/person-limits.ts'
import { ConcurrencyLimit } from '../shared/limiter.ts'
import type { RequestLimits } from './route-binder.types.ts'

/** Searches, statistics and exports that one person may have under way. */
const REPORTS_AT_ONCE = 2

const nothing = () => undefined

/** The buckets that a person's sockets draw from too. The API key is the system that brings everybody: it has none. */
export function personRequestLimits(limits: PersonLimits): RequestLimits {
  const reports = new ConcurrencyLimit(REPORTS_AT_ONCE)
  return {
    enter(actor, limit) {
      if (actor.kind !== 'user' || limit === 'none' || limit === 'change') return nothing
      limits.take(actor.userId, 'event')
      return limit === 'report' ? reports.enter(actor.userId) : nothing
    },
  }
}
