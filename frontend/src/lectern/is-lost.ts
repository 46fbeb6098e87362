import { LecternError } from '@lectern/client'

/** Not for a moment: what is shown is true no longer. */
export const isLost = (error: Error | null): boolean =>
  error instanceof LecternError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')
