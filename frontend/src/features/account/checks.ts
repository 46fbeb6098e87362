import { LIMITS } from '@lectern/protocol'

// The server decides; this only spares the way there for what is plainly wrong.
const LIKE_EMAIL = /^[^\s@]+@[^\s@]+$/

export const isEmail = (text: string): boolean => text.length <= LIMITS.email && LIKE_EMAIL.test(text.trim())

export const isName = (text: string): boolean => text.trim() !== '' && text.trim().length <= LIMITS.name

export const isNewPassword = (text: string): boolean =>
  text.length >= LIMITS.passwordMin && text.length <= LIMITS.passwordMax
