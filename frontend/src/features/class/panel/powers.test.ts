import type { EffectiveRole } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { mayDirect } from './powers.ts'

const person = (role: EffectiveRole, userId: string = role) => ({ role, userId })
const ROLES = ['admin', 'teacher', 'assistant', 'student'] as const
const below = (role: EffectiveRole) =>
  ROLES.filter((other) => mayDirect(person(role), person(other, `another ${other}`)))

describe('in a class', () => {
  it('staff direct everybody, but assistants no teachers (RTC30)', () => {
    expect(below('teacher')).toEqual([...ROLES])
    expect(below('admin')).toEqual([...ROLES])
    expect(below('assistant')).toEqual(['assistant', 'student'])
    expect(below('student')).toEqual([])
  })
  it('nobody directs themselves', () => expect(mayDirect(person('teacher'), person('teacher'))).toBe(false))
})
