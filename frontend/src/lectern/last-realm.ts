import type { Realm } from '@lectern/protocol'

const KEY = 'lectern.realm'

/** Where the person of this tab came from. Once their cookie has ended there is nobody to ask. */
export function lastRealm(): Realm | undefined {
  try {
    const kept = sessionStorage.getItem(KEY)
    return kept === 'external' || kept === 'local' ? kept : undefined
  } catch {
    return undefined
  }
}

/** @param realm undefined after signing out: whoever comes next may be anybody */
export function keepRealm(realm: Realm | undefined): void {
  try {
    if (realm === undefined) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, realm)
  } catch {
    // Without storage they are offered to sign in with a password.
  }
}
