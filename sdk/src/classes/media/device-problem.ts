import type { DeviceProblem } from '../classroom.types.ts'

/** The names of W3C Media Capture (10.3.1) and Screen Capture (6.1), and what older browsers called them. */
const PROBLEMS: Readonly<Record<string, DeviceProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  DevicesNotFoundError: 'missing',
  NotReadableError: 'busy',
  TrackStartError: 'busy',
  NotSupportedError: 'unsupported',
  TypeError: 'unsupported',
}

export const problemOf = (error: unknown): DeviceProblem =>
  (error instanceof Error ? PROBLEMS[error.name] : undefined) ?? 'failed'
