import type { EffectiveRole } from '@lectern/protocol'

export type Role = EffectiveRole | null | undefined

/** Teachers and administrators. */
export const mayManage = (role: Role): boolean => role === 'teacher' || role === 'admin'

/** Also assistants. */
export const isStaff = (role: Role): boolean => mayManage(role) || role === 'assistant'
