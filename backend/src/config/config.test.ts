import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ORIGINAL_ENV } from '../../test/original-env.ts'
import { StartError } from '../shared/start-error.ts'
import { loadConfig } from './config.ts'
import type { Environment } from './env.ts'
import { VARIABLES } from './variables.ts'

const KEY = 'k'.repeat(32)

function refusalOf(environment: Environment): string {
  try {
    loadConfig(environment)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  return 'accepted'
}

const GOOD: Record<string, readonly string[]> = {
  NODE_ENV: ['development', 'production', 'test'],
  HOST: ['127.0.0.1', '::', 'localhost', 'lms.example.org'],
  PORT: ['0', '1', '65535'],
  PUBLIC_URL: ['http://localhost:3000', 'https://lms.example.org/', 'https://LMS.example.org'],
  ALLOWED_ORIGINS: ['http://localhost:3000,http://localhost:5173', 'https://a.example/, https://b.example,'],
  TRUST_PROXY: ['true', 'false', '1', 'loopback', 'loopback, 10.0.0.0/8', '::1', 'fd00::/8'],
  LOG_LEVEL: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  DATA_DIR: ['./data', '/var/lib/lectern'],
  DATABASE_URL: [
    'postgres://lectern:s3cr%20et@db.example.org:5432/lectern?sslmode=verify-full',
    'postgresql:///lectern?host=/run/postgresql',
    'postgres://lectern@/lectern?host=/run/postgresql',
  ],
  JWT_SECRET: [KEY, `${KEY} with spaces, # and ü`, 'ü'.repeat(16)],
  JWT_JWKS_URL: ['https://lms.example.org/.well-known/jwks.json', 'http://127.0.0.1:9000/keys?tenant=1'],
  JWT_ISSUER: ['https://lms.example.org', 'moodle'],
  JWT_AUDIENCE: ['lectern', 'any text'],
  ADMIN_API_KEY: [KEY],
  METRICS_TOKEN: ['m', KEY],
  AUTH_REGISTRATION: ['open', 'invite', 'closed'],
  LIMIT_MESSAGES_PER_SEC: ['0', '10', '1000000'],
  LIMIT_MESSAGES_BURST: ['0', '20'],
  LIMIT_TYPING_PER_10S: ['0', '30'],
  LIMIT_EVENTS_PER_SEC: ['0', '50'],
  LIMIT_LOGINS_PER_MIN: ['0', '10'],
  LIMIT_SOCKETS: ['0', '20'],
  PRESENCE_GRACE_MS: ['0', '5000'],
  PRESENCE_BATCH_FROM: ['0', '100'],
  UPLOAD_PATH: ['./uploads', '/var/www/uploads'],
  MAX_FILE_SIZE: ['1', '10485760', '52428800'],
  STORAGE_TYPE: ['local'],
  LIMIT_UPLOADS_PER_MIN: ['0', '60'],
  QUOTA_BYTES: ['0', '5368709120'],
  PUBLIC_FOLDERS: ['avatars', 'avatars, Bài giảng,'],
  ACCEL_REDIRECT_PREFIX: ['/_files', '/internal/files'],
  SESSION_GRACE_MS: ['0', '10000'],
  STUN_URLS: ['stun:stun.example.org', 'stun:192.0.2.1:3478, stuns:stun.example.org:5349', 'stun:[2001:db8::1]:3478'],
  TURN_URLS: ['turn:turn.example.org', 'turn:192.0.2.1:3478?transport=udp,turns:turn.example.org:443?transport=tcp'],
  TURN_SECRET: ['s'],
}

/** As Docker's `--env-file` hands the lines of the original's `.env` over. */
it('a comment behind a value is not part of it, also where the process was given it', () => {
  const lines = ORIGINAL_ENV.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const environment = Object.fromEntries(lines.map((line) => line.split(/=(.*)/, 2)))
  expect(environment.MAX_FILE_SIZE).toBe('10485760  # 10MB')
  expect(loadConfig(environment)).toEqual(loadConfig(parseEnv(ORIGINAL_ENV)))
  expect(loadConfig({ TRUST_PROXY: '1\t# nginx' }).http.trustProxy).toBe(1)
})

it.each([
  ['PORT', '3000#1'],
  ['PORT', '# 3000'],
  ['PORT', 'abc # a number'],
  ['ADMIN_API_KEY', `${KEY} # of Moodle`],
])('%s: what is wrong stays wrong with a comment: %j', (name, held) =>
  expect(refusalOf({ [name]: held })).toContain(`${name}: `),
)

const NO_NUMBER = ['abc', '-1', '1.5', '1e3', ' 10', '10abc', '0x10', '010', '+5', '99999999999999999999', 'Infinity']

const BAD: Record<string, readonly string[]> = {
  NODE_ENV: ['prod', 'Production'],
  HOST: ['not a host', 'http://localhost', ':3000', '-a'],
  PORT: [...NO_NUMBER, '65536'],
  PUBLIC_URL: [
    'localhost:3000',
    'ftp://a.example',
    'https://a.example/path',
    'https://user:pass@a.example',
    'https://a.example?x=1',
  ],
  ALLOWED_ORIGINS: ['*', 'http://a.example,*', 'a.example', 'http://a.example/path', 'null'],
  TRUST_PROXY: ['yes', '-1', 'loopback,nonsense', '10.0.0.0/33', '10.0.0.0/8/8', '1.5'],
  LOG_LEVEL: ['verbose', 'INFO'],
  DATA_DIR: [' ', 'a\0b'],
  JWT_SECRET: ['k'.repeat(31)],
  JWT_JWKS_URL: ['keys.json', 'file:///etc/keys', 'https://user:pass@a.example/keys'],
  JWT_ISSUER: ['lectern', ' padded'],
  JWT_AUDIENCE: [' padded'],
  ADMIN_API_KEY: ['k'.repeat(31), `${KEY} ${KEY}`, 'ü'.repeat(40)],
  METRICS_TOKEN: ['a b'],
  AUTH_REGISTRATION: ['yes', 'Invite'],
  LIMIT_MESSAGES_PER_SEC: NO_NUMBER,
  LIMIT_MESSAGES_BURST: NO_NUMBER,
  LIMIT_TYPING_PER_10S: NO_NUMBER,
  LIMIT_EVENTS_PER_SEC: NO_NUMBER,
  LIMIT_LOGINS_PER_MIN: NO_NUMBER,
  LIMIT_SOCKETS: NO_NUMBER,
  PRESENCE_GRACE_MS: NO_NUMBER,
  PRESENCE_BATCH_FROM: NO_NUMBER,
  UPLOAD_PATH: ['a\0b'],
  MAX_FILE_SIZE: [...NO_NUMBER, '0'],
  STORAGE_TYPE: ['aws_s3', 'azure_blob', 'google_cloud', 'Local'],
  DATABASE_URL: ['mysql://localhost/lectern', 'localhost/lectern', 'postgres://localhost', 'postgres://a b/c'],
  REDIS_URL: ['redis://localhost'],
  LIMIT_UPLOADS_PER_MIN: NO_NUMBER,
  QUOTA_BYTES: [...NO_NUMBER, '5 GB'],
  PUBLIC_FOLDERS: ['a/b', 'avatars,upload', '.hidden', 'con'],
  ACCEL_REDIRECT_PREFIX: ['_files', '/', '/_files/', '/a//b', '/../etc', '/a b', 'http://a.example/x'],
  SESSION_GRACE_MS: NO_NUMBER,
  STUN_URLS: [
    'stun.example.org',
    'turn:turn.example.org',
    'stun://stun.example.org',
    'stun:',
    'stun:a:99999',
    'stun:a b',
    'stun:a?transport=udp',
  ],
  TURN_URLS: ['turn.example.org', 'stun:stun.example.org', 'turn:a?transport=sctp', 'turn:user@a', 'turn:a,nonsense'],
  TURN_SECRET: ['a b'],
}

/** What stands by nothing alone. */
const PARTNERS: Record<string, Environment> = {
  TURN_URLS: { TURN_SECRET: 's' },
  TURN_SECRET: { TURN_URLS: 'turn:turn.example.org' },
}

const pairs = (table: Record<string, readonly string[]>) =>
  Object.entries(table).flatMap(([name, values]) => values.map((value) => [name, value] as const))

describe('every variable', () => {
  it('has wrong values here, and right ones once it is built', () => {
    const all = Object.values(VARIABLES)
    expect(Object.keys(BAD).sort()).toEqual(all.map(({ name }) => name).sort())
    const built = all.filter(({ status }) => status === 'built')
    expect(Object.keys(GOOD).sort()).toEqual(built.map(({ name }) => name).sort())
  })

  it.each(pairs(GOOD))('%s may hold %j', (name, value) => {
    expect(refusalOf({ ...PARTNERS[name], [name]: value })).toBe('accepted')
  })

  it.each(pairs(BAD))('%s may not hold %j: one line that names it and what it may hold', (name, value) => {
    const line = refusalOf({ [name]: value })
    expect(line).toMatch(new RegExp(`^${name}: .+; it may hold .+$`))
    expect(line).not.toContain('\n')
    const variable = Object.values(VARIABLES).find((one) => one.name === name)
    if (variable?.secret) expect(line).toContain(`a secret of ${Buffer.byteLength(value)} bytes`)
    expect(line.includes(JSON.stringify(value))).toBe(variable?.secret === false)
    if (variable?.secret) expect(line).not.toContain(value)
  })

  it.each(Object.values(VARIABLES).map(({ name }) => name))('%s counts as unset when it is empty', (name) => {
    expect(loadConfig({ [name]: '' })).toEqual(loadConfig({}))
  })
})

describe('the configuration', () => {
  it('has the defaults of the contract', () => {
    expect(loadConfig({})).toEqual({
      nodeEnv: 'production',
      logLevel: 'info',
      http: {
        host: '0.0.0.0',
        port: 3000,
        publicUrl: 'http://localhost:3000',
        allowedOrigins: [],
        trustProxy: false,
        metricsToken: undefined,
      },
      dataDir: resolve('data'),
      databaseUrl: undefined,
      identity: {
        externalKeys: { kind: 'none' },
        issuer: undefined,
        audience: undefined,
        adminApiKey: undefined,
        registration: 'invite',
        loginsPerMinute: 10,
      },
      limits: {
        change: { amount: 10, perMs: 1000, burst: 20 },
        typing: { amount: 30, perMs: 10_000 },
        event: { amount: 50, perMs: 1000 },
        signal: { amount: 50, perMs: 1000 },
        upload: { amount: 60, perMs: 60_000, whole: true },
        sockets: 20,
      },
      presence: { graceMs: 5000, batchFrom: 100 },
      classes: { graceMs: 10_000, stunUrls: [], turn: undefined },
      files: {
        uploadPath: resolve('uploads'),
        maxFileSize: undefined,
        quota: 5 * 1024 ** 3,
        publicFolders: [],
        accelRedirectPrefix: undefined,
      },
    })
  })

  it('spells origins as a browser does', () => {
    const { http } = loadConfig({
      PUBLIC_URL: 'https://LMS.example.org:443/',
      ALLOWED_ORIGINS: 'HTTP://A.example:80, https://b.example:8443/',
    })
    expect(http.publicUrl).toBe('https://lms.example.org')
    expect(http.allowedOrigins).toEqual(['http://a.example', 'https://b.example:8443'])
  })

  it('knows the external keys by kind, and refuses two of them', () => {
    const url = 'https://lms.example.org/keys'
    expect(loadConfig({ JWT_SECRET: KEY }).identity.externalKeys).toEqual({ kind: 'secret', secret: KEY })
    expect(loadConfig({ JWT_JWKS_URL: url }).identity.externalKeys).toEqual({ kind: 'jwks', url })
    expect(refusalOf({ JWT_SECRET: KEY, JWT_JWKS_URL: url })).toBe(
      'JWT_SECRET: a secret of 32 bytes stands beside JWT_JWKS_URL; it may hold nothing where JWT_JWKS_URL is set',
    )
  })

  it('takes a burst of 0 as no limit', () => {
    expect(loadConfig({ LIMIT_MESSAGES_BURST: '0' }).limits.change.amount).toBe(0)
  })

  it('shows a value of many lines, or a very long one, on one short line', () => {
    const line = refusalOf({ LOG_LEVEL: `a\nb${'x'.repeat(10_000)}` })
    expect(line).not.toContain('\n')
    expect(line.length).toBeLessThan(500)
  })

  it('takes the original’s .env as it stands', () => {
    const env = parseEnv(ORIGINAL_ENV)
    const config = loadConfig(env)
    expect(config.http.allowedOrigins).toEqual(['http://localhost:3000', 'http://localhost:5173'])
    expect(config.files).toMatchObject({ uploadPath: resolve('uploads'), maxFileSize: 10_485_760 })
  })
})

describe('TURN servers', () => {
  it('are nothing without their secret, and the secret nothing without them', () => {
    expect(refusalOf({ TURN_URLS: 'turn:turn.example.org' })).toMatch(/^TURN_URLS: .*stands without TURN_SECRET/)
    expect(refusalOf({ TURN_SECRET: 'hunter2' })).toMatch(/^TURN_SECRET: a secret of 7 bytes stands without TURN_URLS/)
    const { classes } = loadConfig({ TURN_URLS: 'turn:a.example, turns:b.example', TURN_SECRET: 'hunter2' })
    expect(classes.turn).toEqual({ urls: ['turn:a.example', 'turns:b.example'], secret: 'hunter2' })
  })
})
