import type { z } from 'zod'

export interface ValidationIssue {
  /** Dotted, as `members.3.role`; empty for the input itself. */
  path: string
  message: string
}

const MOST_ISSUES = 20
const LONGEST_MESSAGE = 200

/** What a `VALIDATION_FAILED` tells of its cause. Names fields, never echoes what they held. */
export function toDetails(error: z.ZodError): { issues: ValidationIssue[] } {
  const issues = error.issues.slice(0, MOST_ISSUES).map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message: message.slice(0, LONGEST_MESSAGE),
  }))
  return { issues }
}
