import * as parsers from './parsers.ts'

export interface Variable<T, Default extends string | undefined = string | undefined> {
  readonly name: string
  /** One line for `.env.example`. */
  readonly about: string
  /** As it would stand in a `.env`. */
  readonly default: Default
  readonly parser: parsers.Parser<T>
  /** Of a secret only the length is ever shown. */
  readonly secret: boolean
  /** A `planned` variable refuses every value: what it is for is not built yet. To lift that, change this one word. */
  readonly status: 'built' | 'planned'
}

type Traits = { readonly secret?: boolean; readonly status?: 'built' | 'planned' }

const withDefault = <T>(
  name: string,
  about: string,
  value: string,
  parser: parsers.Parser<T>,
  traits: Traits = {},
): Variable<T, string> => ({
  name,
  about,
  default: value,
  parser,
  secret: false,
  status: 'built',
  ...traits,
})

const optional = <T>(
  name: string,
  about: string,
  parser: parsers.Parser<T>,
  traits: Traits = {},
): Variable<T, undefined> => ({
  name,
  about,
  default: undefined,
  parser,
  secret: false,
  status: 'built',
  ...traits,
})

const limit = parsers.integer(0, 1_000_000)
const milliseconds = parsers.integer(0, 3_600_000)
const planned = { status: 'planned' } as const
const secret = { secret: true } as const

/** Every variable of the environment that the server heeds, in the order of `.env.example`. */
export const VARIABLES = {
  nodeEnv: withDefault(
    'NODE_ENV',
    'development, production or test.',
    'production',
    parsers.oneOf('development', 'production', 'test'),
  ),
  host: withDefault('HOST', 'Address to listen on.', '0.0.0.0', parsers.hostName),
  port: withDefault('PORT', 'Port to listen on; 0 takes a free one.', '3000', parsers.integer(0, 65_535)),
  publicUrl: optional(
    'PUBLIC_URL',
    'Where browsers find this server (http://localhost:PORT when unset). With https, cookies are Secure.',
    parsers.origin,
  ),
  allowedOrigins: withDefault(
    'ALLOWED_ORIGINS',
    'Other origins whose pages may call this server, separated by commas.',
    '',
    parsers.origins,
  ),
  trustProxy: withDefault(
    'TRUST_PROXY',
    'Which proxies to believe about the caller’s address: Express’s “trust proxy”.',
    'false',
    parsers.trustProxy,
  ),
  logLevel: withDefault(
    'LOG_LEVEL',
    'What is logged: fatal, error, warn, info, debug, trace or silent.',
    'info',
    parsers.oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  ),

  dataDir: withDefault(
    'DATA_DIR',
    'Directory of the embedded database and of generated secrets.',
    './data',
    parsers.path,
  ),
  databaseUrl: optional(
    'DATABASE_URL',
    'postgres://… instead of the embedded database; generated secrets are then kept in it.',
    parsers.postgresUrl,
    secret,
  ),
  redisUrl: optional('REDIS_URL', 'redis://…, for several nodes.', parsers.textExcept(), { ...planned, ...secret }),

  jwtSecret: optional(
    'JWT_SECRET',
    'Key of an LMS that signs tokens with HS256; 32 bytes or more. Not together with JWT_JWKS_URL.',
    parsers.key(32),
    secret,
  ),
  jwtJwksUrl: optional(
    'JWT_JWKS_URL',
    'Public keys of an LMS that signs tokens with RS256, ES256 or EdDSA.',
    parsers.url,
  ),
  jwtIssuer: optional('JWT_ISSUER', 'The `iss` that a token of the LMS must bear.', parsers.textExcept('lectern')),
  jwtAudience: optional('JWT_AUDIENCE', 'The `aud` that a token of the LMS must bear.', parsers.textExcept()),
  adminApiKey: optional(
    'ADMIN_API_KEY',
    'Key of an LMS that manages courses, rosters and users; 32 characters or more.',
    parsers.bearer(32),
    secret,
  ),
  metricsToken: optional(
    'METRICS_TOKEN',
    'Bearer token for /metrics from elsewhere than this machine.',
    parsers.bearer(1),
    secret,
  ),
  authRegistration: withDefault(
    'AUTH_REGISTRATION',
    'Who may make an account: open, invite (needs a course’s join code) or closed.',
    'invite',
    parsers.oneOf('open', 'invite', 'closed'),
  ),

  limitMessagesPerSec: withDefault(
    'LIMIT_MESSAGES_PER_SEC',
    'Messages and other changes a second, per person; 0 is no limit.',
    '10',
    limit,
  ),
  limitMessagesBurst: withDefault(
    'LIMIT_MESSAGES_BURST',
    'How many of them at once after a pause; 0 is no limit.',
    '20',
    limit,
  ),
  limitTypingPer10s: withDefault(
    'LIMIT_TYPING_PER_10S',
    'Typing events in 10 seconds, per person; 0 is no limit.',
    '30',
    limit,
  ),
  limitEventsPerSec: withDefault(
    'LIMIT_EVENTS_PER_SEC',
    'Other events and requests a second, per person; 0 is no limit.',
    '50',
    limit,
  ),
  limitLoginsPerMin: withDefault(
    'LIMIT_LOGINS_PER_MIN',
    'Failed logins a minute, per account and address; 0 is no limit.',
    '10',
    limit,
  ),
  limitSockets: withDefault('LIMIT_SOCKETS', 'Connections per person; 0 is no limit.', '20', limit),
  presenceGraceMs: withDefault(
    'PRESENCE_GRACE_MS',
    'How long a dropped connection is not yet a leave, in milliseconds.',
    '5000',
    milliseconds,
  ),
  presenceBatchFrom: withDefault(
    'PRESENCE_BATCH_FROM',
    'In rooms of more people than this, joins and leaves are told once a second.',
    '100',
    parsers.integer(0, 1_000_000),
  ),

  uploadPath: withDefault('UPLOAD_PATH', 'Directory of uploaded files.', './uploads', parsers.path),
  maxFileSize: optional(
    'MAX_FILE_SIZE',
    'Largest file in bytes, below what its category allows.',
    parsers.integer(1, Number.MAX_SAFE_INTEGER),
  ),
  storageType: withDefault(
    'STORAGE_TYPE',
    'Where files live. Not built yet: aws_s3, azure_blob, google_cloud.',
    'local',
    parsers.storageType,
  ),
  limitUploadsPerMin: withDefault('LIMIT_UPLOADS_PER_MIN', 'Uploads a minute, per person; 0 is no limit.', '60', limit),
  quotaBytes: withDefault(
    'QUOTA_BYTES',
    'Bytes of files per person; 0 is no limit.',
    '5368709120',
    parsers.integer(0, Number.MAX_SAFE_INTEGER),
  ),
  publicFolders: withDefault(
    'PUBLIC_FOLDERS',
    'Names of folders without a course that are public when a teacher’s upload makes them, separated by commas.',
    '',
    parsers.folderNames,
  ),
  accelRedirectPrefix: optional(
    'ACCEL_REDIRECT_PREFIX',
    'Path of nginx’s internal location that serves the objects below UPLOAD_PATH, such as /_files: nginx then sends the bytes.',
    parsers.internalPath,
  ),

  sessionGraceMs: withDefault(
    'SESSION_GRACE_MS',
    'How long a participant whose connection dropped is kept in a class, in milliseconds.',
    '10000',
    milliseconds,
  ),
  stunUrls: withDefault('STUN_URLS', 'STUN servers for live classes, separated by commas.', '', parsers.stunUrls),
  turnUrls: withDefault(
    'TURN_URLS',
    'TURN servers for live classes, separated by commas; together with TURN_SECRET.',
    '',
    parsers.turnUrls,
  ),
  turnSecret: optional(
    'TURN_SECRET',
    'Secret that the TURN servers share with this one (coturn: static-auth-secret); together with TURN_URLS.',
    parsers.bearer(1),
    secret,
  ),
} as const
