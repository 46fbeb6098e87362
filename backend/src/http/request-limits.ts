import type { PersonLimits } from '../access/person-limits.ts'
import { ConcurrencyLimit, type Limiter } from '../shared/limiter.ts'
import type { RequestLimits } from './route-binder.types.ts'

/** Searches, statistics and exports that one person may have under way. */
const REPORTS_AT_ONCE = 2

const nothing = () => undefined

/** Images of a page, pieces of a video, per second: of a person, and of an address that many may share. */
const READS = { person: { amount: 200, perMs: 1000 }, address: { amount: 1000, perMs: 1000 } } as const

/** The buckets that a person's sockets draw from too. The API key is the system that brings everybody: it has none. */
export function personRequestLimits(limits: PersonLimits, limiter: Limiter): RequestLimits {
  const reports = new ConcurrencyLimit(REPORTS_AT_ONCE)
  return {
    enter({ actor, address }, limit) {
      if (actor?.kind === 'api_key' || limit === 'none' || limit === 'change') return nothing
      if (limit === 'bytes') {
        if (actor === undefined) limiter.take(`bytes address ${address}`, READS.address)
        else limiter.take(`bytes ${actor.userId}`, READS.person)
        return nothing
      }
      if (actor === undefined) limiter.take(`open ${address}`, READS.address)
      else limits.take(actor.userId, 'event')
      return limit === 'report' ? reports.enter(actor?.userId ?? `address ${address}`) : nothing
    },
  }
}
