import { type DestinationStream, pino } from 'pino'

/** What the program logs through: `(fields, message)`, one JSON line an event. */
export type Logger = pino.Logger
export type LogLevel = pino.LevelWithSilent

/** Fields that are never logged, at the top of a line or one level down. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'accessToken',
  'refreshToken',
  'secret',
  'message',
]

/**
 * @param level the least that is logged
 * @param destination standard output when left out
 */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(1)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describe },
      redact: {
        paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]).filter((path) => path !== '*.message'),
        censor: '[redacted]',
      },
    },
    destination,
  )
}

interface Described {
  readonly name: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string | undefined
  readonly cause?: Described
}

/** An error's own words alone: other fields of errors hold request bodies and rows. */
function describe(error: unknown): Described {
  if (!(error instanceof Error)) return { name: typeof error, message: String(error) }
  return {
    name: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  }
}
