import type { EffectiveRole, MemberRecord, OnlineUser } from '@lectern/protocol'

export interface Person {
  readonly userId: string
  readonly userName: string
  readonly role: EffectiveRole
}

export interface People {
  readonly online: readonly Person[]
  readonly offline: readonly Person[]
}

const RANK: Record<EffectiveRole, number> = { admin: 0, teacher: 0, assistant: 1, student: 2 }

const givenName = (name: string): string => name.slice(name.trimEnd().lastIndexOf(' ') + 1)

/** Staff first; then by name, which a Vietnamese list sorts by its last word, the given name. */
const inOrder = (language: string) => {
  const { compare } = new Intl.Collator(language)
  const byName =
    language === 'vi'
      ? (a: Person, b: Person) =>
          compare(givenName(a.userName), givenName(b.userName)) || compare(a.userName, b.userName)
      : (a: Person, b: Person) => compare(a.userName, b.userName)
  return (a: Person, b: Person): number => RANK[a.role] - RANK[b.role] || byName(a, b)
}

/** Who is there and who is not. Somebody online need not be enrolled: an administrator looks in. */
export const peopleOf = (online: Iterable<OnlineUser>, members: readonly MemberRecord[], language: string): People => {
  const order = inOrder(language)
  const present = new Map([...online].map((user) => [user.userId, user]))
  const absent = members.filter((member) => !present.has(member.user_id))
  return {
    online: [...present.values()].map(({ userId, userName, role }) => ({ userId, userName, role })).sort(order),
    offline: absent.map(({ user_id, name, role }) => ({ userId: user_id, userName: name, role })).sort(order),
  }
}
