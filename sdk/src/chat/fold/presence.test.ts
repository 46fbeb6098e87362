import type { OnlineUser } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { newRoom } from '../folded-room.ts'
import { foldArrival, foldDeparture, foldOnlineUsers, foldPresence } from './presence.ts'
import { foldTyping } from './typing.ts'
import { foldUser } from './unread.ts'

const courseId = 'course'
const user = (userId: string): OnlineUser => ({ userId, userName: userId, role: 'teacher', since: 'then' })
const here = foldOnlineUsers(newRoom(courseId), { users: [user('ann'), user('bao')], count: 2 })

it('takes who is here from the list, and who comes and goes one by one', () => {
  const come = foldArrival(here, { courseId, userId: 'cuc', userName: 'Cúc', at: 'now' })
  expect([come.onlineCount, come.online.get('cuc')?.userName]).toEqual([3, 'Cúc'])
  expect(foldArrival(come, { courseId, userId: 'ann', userName: 'Ann', at: 'now' })).toBe(come)
  const gone = foldDeparture(come, { courseId, userId: 'ann', userName: 'Ann', at: 'now' })
  expect([gone.onlineCount, [...gone.online.keys()]]).toEqual([2, ['bao', 'cuc']])
})

it('takes the count of a big room from the difference, whose list is not whole', () => {
  const next = foldPresence(here, { courseId, count: 180, joined: [user('cuc')], left: ['ann', 'nobody known'] })
  expect([next.onlineCount, [...next.online.keys()]]).toEqual([180, ['bao', 'cuc']])
})

it('shows who types, never oneself, until they stop or leave', () => {
  const typing = (userId: string, isTyping: boolean) => ({ courseId, userId, userName: userId, isTyping })
  const both = foldTyping(foldTyping(foldUser(here, 'me'), typing('ann', true)), typing('bao', true))
  expect(foldTyping(both, typing('me', true)).typing).toHaveLength(2)
  expect(foldTyping(both, typing('ann', true)).typing).toHaveLength(2)
  expect(foldTyping(both, typing('ann', false)).typing).toEqual([{ userId: 'bao', userName: 'bao' }])
  expect(foldPresence(both, { courseId, count: 1, joined: [], left: ['bao'] }).typing).toHaveLength(1)
})
