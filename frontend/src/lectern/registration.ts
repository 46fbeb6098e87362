/**
 * Whether people may make their own accounts: anybody, who knows a course's join code, nobody. The server writes it into
 * its page (`AUTH_REGISTRATION`); a page that it did not write has the server's default.
 */
export function registration(): 'open' | 'invite' | 'closed' {
  const said = document.querySelector<HTMLMetaElement>('meta[name="lectern-registration"]')?.content
  return said === 'open' || said === 'closed' ? said : 'invite'
}
