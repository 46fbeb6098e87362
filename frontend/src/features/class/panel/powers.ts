import type { Participant } from '@lectern/protocol'

type Person = Pick<Participant, 'userId' | 'role'>

export const isStaff = ({ role }: Pick<Person, 'role'>): boolean => role !== 'student'

/** Whether one may mute somebody, or put them out: assistants may not teachers (RTC30). */
export function mayDirect(you: Person, other: Person): boolean {
  if (!isStaff(you) || you.userId === other.userId) return false
  return you.role !== 'assistant' || (other.role !== 'teacher' && other.role !== 'admin')
}
