import type { LimitPolicy } from '../shared/limiter.ts'
import type { Environment } from './env.ts'
import type { TrustProxy } from './parsers.ts'
import { readVariable, refusal } from './read-variable.ts'
import { VARIABLES } from './variables.ts'

/** Whose tokens count beside those made here; `none`: local accounts alone. */
export type ExternalKeys =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'jwks'; readonly url: string }

export interface Config {
  readonly nodeEnv: 'development' | 'production' | 'test'
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  readonly http: {
    readonly host: string
    readonly port: number
    /** Origins, as a browser's `Origin` header spells them. */
    readonly publicUrl: string
    readonly allowedOrigins: readonly string[]
    readonly trustProxy: TrustProxy
    readonly metricsToken: string | undefined
  }
  /** Absolute path. */
  readonly dataDir: string
  /** `postgres://…`; undefined: the embedded database. */
  readonly databaseUrl: string | undefined
  readonly identity: {
    readonly externalKeys: ExternalKeys
    readonly issuer: string | undefined
    readonly audience: string | undefined
    readonly adminApiKey: string | undefined
    readonly registration: 'open' | 'invite' | 'closed'
    /** Failed logins per account and address together. */
    readonly loginsPerMinute: number
  }
  /** Per person, over sockets and REST together. */
  readonly limits: {
    readonly change: LimitPolicy
    readonly typing: LimitPolicy
    readonly event: LimitPolicy
    readonly signal: LimitPolicy
    readonly upload: LimitPolicy
    /** Connections at once; 0 is no limit. */
    readonly sockets: number
  }
  readonly presence: { readonly graceMs: number; readonly batchFrom: number }
  readonly classes: {
    /** How long who dropped is kept. */
    readonly graceMs: number
    readonly stunUrls: readonly string[]
    readonly turn: { readonly urls: readonly string[]; readonly secret: string } | undefined
  }
  readonly files: {
    /** Absolute path. */
    readonly uploadPath: string
    /** Bytes; undefined: what a category allows. */
    readonly maxFileSize: number | undefined
    /** Bytes per person; 0 is no limit. */
    readonly quota: number
    readonly publicFolders: readonly string[]
    /** Where nginx serves `uploadPath` to itself; undefined: this process sends the bytes. */
    readonly accelRedirectPrefix: string | undefined
  }
}

/**
 * Reads and checks every variable, also those that nothing uses yet.
 * @throws StartError naming the first wrong one
 */
export function loadConfig(environment: Environment): Config {
  for (const variable of Object.values(VARIABLES)) readVariable<unknown>(environment, variable)
  return {
    nodeEnv: readVariable(environment, VARIABLES.nodeEnv),
    logLevel: readVariable(environment, VARIABLES.logLevel),
    http: httpConfig(environment),
    dataDir: readVariable(environment, VARIABLES.dataDir),
    databaseUrl: readVariable(environment, VARIABLES.databaseUrl),
    identity: identityConfig(environment),
    limits: limitsConfig(environment),
    presence: {
      graceMs: readVariable(environment, VARIABLES.presenceGraceMs),
      batchFrom: readVariable(environment, VARIABLES.presenceBatchFrom),
    },
    classes: classesConfig(environment),
    files: {
      uploadPath: readVariable(environment, VARIABLES.uploadPath),
      maxFileSize: readVariable(environment, VARIABLES.maxFileSize),
      quota: readVariable(environment, VARIABLES.quotaBytes),
      publicFolders: readVariable(environment, VARIABLES.publicFolders),
      accelRedirectPrefix: readVariable(environment, VARIABLES.accelRedirectPrefix),
    },
  }
}

function httpConfig(environment: Environment): Config['http'] {
  const port = readVariable(environment, VARIABLES.port)
  return {
    host: readVariable(environment, VARIABLES.host),
    port,
    publicUrl: readVariable(environment, VARIABLES.publicUrl) ?? new URL(`http://localhost:${port}`).origin,
    allowedOrigins: readVariable(environment, VARIABLES.allowedOrigins),
    trustProxy: readVariable(environment, VARIABLES.trustProxy),
    metricsToken: readVariable(environment, VARIABLES.metricsToken),
  }
}

function identityConfig(environment: Environment): Config['identity'] {
  return {
    externalKeys: externalKeys(environment),
    issuer: readVariable(environment, VARIABLES.jwtIssuer),
    audience: readVariable(environment, VARIABLES.jwtAudience),
    adminApiKey: readVariable(environment, VARIABLES.adminApiKey),
    registration: readVariable(environment, VARIABLES.authRegistration),
    loginsPerMinute: readVariable(environment, VARIABLES.limitLoginsPerMin),
  }
}

function externalKeys(environment: Environment): ExternalKeys {
  const secret = readVariable(environment, VARIABLES.jwtSecret)
  const url = readVariable(environment, VARIABLES.jwtJwksUrl)
  if (secret !== undefined && url !== undefined) {
    throw refusal(VARIABLES.jwtSecret, secret, 'stands beside JWT_JWKS_URL', 'nothing where JWT_JWKS_URL is set')
  }
  if (secret !== undefined) return { kind: 'secret', secret }
  if (url !== undefined) return { kind: 'jwks', url }
  return { kind: 'none' }
}

function classesConfig(environment: Environment): Config['classes'] {
  return {
    graceMs: readVariable(environment, VARIABLES.sessionGraceMs),
    stunUrls: readVariable(environment, VARIABLES.stunUrls),
    turn: turnConfig(environment),
  }
}

function turnConfig(environment: Environment): Config['classes']['turn'] {
  const urls = readVariable(environment, VARIABLES.turnUrls)
  const secret = readVariable(environment, VARIABLES.turnSecret)
  if (secret === undefined && urls.length > 0) {
    throw refusal(VARIABLES.turnUrls, urls.join(), 'stands without TURN_SECRET', 'servers where TURN_SECRET is set too')
  }
  if (secret === undefined) return undefined
  if (urls.length === 0) {
    throw refusal(VARIABLES.turnSecret, secret, 'stands without TURN_URLS', 'a secret where TURN_URLS is set too')
  }
  return { urls, secret }
}

function limitsConfig(environment: Environment): Config['limits'] {
  const burst = readVariable(environment, VARIABLES.limitMessagesBurst)
  const perSecond = readVariable(environment, VARIABLES.limitMessagesPerSec)
  const event = { amount: readVariable(environment, VARIABLES.limitEventsPerSec), perMs: 1000 }
  return {
    // A burst without a limit lets everything through at once, which is no limit.
    change: { amount: burst === 0 ? 0 : perSecond, perMs: 1000, burst },
    typing: { amount: readVariable(environment, VARIABLES.limitTypingPer10s), perMs: 10_000 },
    event,
    signal: event,
    upload: { amount: readVariable(environment, VARIABLES.limitUploadsPerMin), perMs: 60_000, whole: true },
    sockets: readVariable(environment, VARIABLES.limitSockets),
  }
}
