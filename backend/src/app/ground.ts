import type { Config } from '../config/config.ts'
import type { Secrets } from '../config/secrets.ts'
import type { Database } from '../database/database.ts'
import type { Metrics } from '../http/metrics.ts'
import type { WebClientBuild } from '../http/web-client.files.ts'
import type { MediaEngine } from '../modules/webrtc/media/media-engine.types.ts'
import type { Clock } from '../shared/clock.ts'
import type { Limiter } from '../shared/limiter.ts'
import type { Logger } from '../shared/logger.ts'
import type { SteadyTime } from '../shared/steady-time.ts'

/** What every part stands on. */
export interface Ground {
  readonly config: Config
  readonly logger: Logger
  readonly clock: Clock
  readonly time: SteadyTime
  readonly engine: MediaEngine
  readonly metrics: Metrics
  readonly database: Database
  readonly secrets: Secrets
  readonly limiter: Limiter
  readonly webClient: WebClientBuild | undefined
}
