import { createLogger, type Logger } from '../../src/shared/logger.ts'

/** A logger whose lines are kept instead of written. */
export function captureLog(): { logger: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const logger = createLogger('trace', { write: (line) => void lines.push(JSON.parse(line)) })
  return { logger, lines }
}
