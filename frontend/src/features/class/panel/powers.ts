import type { Participant } from '@lectern/protocol'
import { isStaff, mayManage } from '../../../lectern/course-roles.ts'

type Person = Pick<Participant, 'userId' | 'role'>

/** Whether one may mute somebody, or put them out: assistants may not teachers (RTC30). */
export function mayDirect(you: Person, other: Person): boolean {
  if (!isStaff(you.role) || you.userId === other.userId) return false
  return you.role !== 'assistant' || !mayManage(other.role)
}
