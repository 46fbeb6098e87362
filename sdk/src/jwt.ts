import { isObject } from './wire-error.ts'

/**
 * When a JWT ends, by its own word (RFC 7519 `exp`), in epoch milliseconds. Nothing is verified: that is the server's.
 * @returns undefined when it does not say, or is none
 */
export function expiryOf(token: string): number | undefined {
  const { exp } = claimsOf(token)
  return typeof exp === 'number' ? exp * 1_000 : undefined
}

/** Whose a JWT is, by its own word (RFC 7519 `sub`): the user's id. @returns undefined when it does not say, or is none */
export function subjectOf(token: string): string | undefined {
  const { sub } = claimsOf(token)
  return typeof sub === 'string' ? sub : undefined
}

function claimsOf(token: string): { readonly exp?: unknown; readonly sub?: unknown } {
  const [, payload = ''] = token.split('.')
  try {
    // Text beyond ASCII is read wrongly, and stays JSON.
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return isObject(claims) ? claims : {}
  } catch {
    return {}
  }
}
