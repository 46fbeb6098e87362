import { expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { createLogger, type LogLevel } from './logger.ts'

function capture(level: LogLevel = 'info') {
  const lines: string[] = []
  return { lines, logger: createLogger(level, { write: (line) => void lines.push(line) }) }
}

it('an event is one JSON line with its level and time in words', () => {
  const { lines, logger } = capture()
  logger.info({ text: 'of\ntwo lines' }, 'event')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^[^\n]+\n$/)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    text: 'of\ntwo lines',
    msg: 'event',
  })
})

it.each(['authorization', 'cookie', 'password', 'token', 'access_token', 'refresh_token', 'accessToken', 'secret'])(
  '%s is never written, at the top of a line or below',
  (field) => {
    const { lines, logger } = capture()
    logger.info({ [field]: 'hunter2', nested: { [field]: 'hunter2' } }, 'event')
    expect(lines.join()).not.toContain('hunter2')
    expect(lines.join()).toContain('[redacted]')
  },
)

it('a message’s text is never written', () => {
  const { lines, logger } = capture()
  logger.info({ message: 'what somebody said' }, 'event')
  expect(lines.join()).not.toContain('what somebody said')
})

it('an error is its own words, its cause and where it was, and not what hangs on it', () => {
  const { lines, logger } = capture()
  const cause = Object.assign(new Error('disk'), { code: 'EIO', body: 'hunter2' })
  logger.error({ err: new AppError('INTERNAL', 'failed', { held: 'hunter2' }) }, 'first')
  logger.error({ err: new Error('failed', { cause }) }, 'second')
  logger.error({ err: 'no error' }, 'third')
  expect(lines.join()).not.toContain('hunter2')
  expect(JSON.parse(lines[0] ?? '').err).toMatchObject({ name: 'AppError', code: 'INTERNAL', message: 'failed' })
  expect(JSON.parse(lines[1] ?? '').err).toMatchObject({ message: 'failed', cause: { message: 'disk', code: 'EIO' } })
  expect(JSON.parse(lines[2] ?? '').err).toEqual({ name: 'string', message: 'no error' })
})

it('what is below the level is not written', () => {
  const { lines, logger } = capture('silent')
  logger.fatal('event')
  expect(lines).toEqual([])
})
