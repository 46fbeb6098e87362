import { LecternError } from '@lectern/client'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The fields that a `VALIDATION_FAILED` names; none for any other error. */
export function invalidFields(error: unknown): ReadonlySet<string> {
  if (!(error instanceof LecternError) || error.code !== 'VALIDATION_FAILED') return new Set()
  const issues = error.details['issues']
  if (!Array.isArray(issues)) return new Set()
  return new Set(
    issues.flatMap((issue) => (isObject(issue) && typeof issue['path'] === 'string' ? [issue['path']] : [])),
  )
}
