import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { id } from './scalars.ts'
import { wireInput } from './spelling.ts'
import { toDetails } from './validation.ts'

const join = wireInput({ courseId: id, sinceRev: z.int().exactOptional(), note: z.string().nullable().exactOptional() })
const send = wireInput({ course_id: id, message: z.string(), tags: z.array(z.string()).default([]) })

const issues = (schema: z.ZodType, input: unknown) => {
  const result = schema.safeParse(input)
  return result.success ? [] : toDetails(result.error).issues
}

describe('GEN10: every field is taken in either spelling', () => {
  it('gives out the spelling of the schema, whichever came in', () => {
    expect(join.parse({ course_id: 'c', since_rev: 4 })).toEqual({ courseId: 'c', sinceRev: 4 })
    expect(send.parse({ courseId: 'c', message: 'm' })).toEqual({ course_id: 'c', message: 'm', tags: [] })
  })
  it('spells the objects of a list too', () => {
    const roster = wireInput({ members: z.array(wireInput({ user_id: id })) })
    expect(roster.parse({ members: [{ userId: 'a' }, { user_id: 'b' }] })).toEqual({
      members: [{ user_id: 'a' }, { user_id: 'b' }],
    })
  })
})

describe('GEN11: both spellings must agree', () => {
  it('takes both when they are equal', () =>
    expect(join.parse({ courseId: 'c', course_id: 'c' })).toEqual({ courseId: 'c' }))
  it('refuses both when they differ, and says so', () =>
    expect(issues(join, { courseId: 'c', course_id: 'd' })).toEqual([
      { path: 'courseId', message: 'courseId and course_id are both present and differ' },
    ]))
  it('sees a null beside a value as different', () =>
    expect(issues(join, { courseId: 'c', course_id: null })).toHaveLength(1))
})

describe('GEN13: unknown fields are ignored', () => {
  it('drops them', () => expect(join.parse({ courseId: 'c', role: 'admin', userId: 'x' })).toEqual({ courseId: 'c' }))
  it('takes nothing from __proto__ or constructor, and changes no prototype', () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__":{"courseId":"x","admin":true},"constructor":{"prototype":{"courseId":"x"}}}',
    )
    expect(issues(join, hostile).map((issue) => issue.path)).toEqual(['courseId'])
    expect(Reflect.get({}, 'admin')).toBeUndefined()
  })
  it('reads no field that is only inherited', () =>
    expect(issues(join, Object.create({ courseId: 'c' }))).toHaveLength(1))
})

describe('GEN14: null for an optional field is absence', () => {
  it('leaves it out', () => expect(join.parse({ courseId: 'c', sinceRev: null })).toEqual({ courseId: 'c' }))
  it('keeps it where null is a value', () =>
    expect(join.parse({ courseId: 'c', note: null })).toEqual({ courseId: 'c', note: null }))
  it('uses the default', () => expect(send.parse({ course_id: 'c', message: 'm', tags: null }).tags).toEqual([]))
  it('refuses it for a field that is needed', () => expect(issues(join, { courseId: null })).toHaveLength(1))
})

describe('GEN28: what is no object is an issue, never an exception', () => {
  it.each([null, [], ['c'], 'c', 7, true, Number.NaN])('refuses %j', (input) => {
    expect(issues(join, input)).toEqual([{ path: '', message: expect.any(String) }])
  })
  it('takes nothing at all as no fields', () => {
    expect(wireInput({ a: z.string().exactOptional() }).parse(undefined)).toEqual({})
    expect(issues(join, undefined)[0]?.path).toBe('courseId')
  })
})

it('stays introspectable: its JSON Schema is that of the object', () => {
  expect(z.toJSONSchema(join, { io: 'input' })).toMatchObject({
    type: 'object',
    properties: { sinceRev: { type: 'integer' } },
    required: ['courseId'],
  })
})

describe('GEN22: details name fields and echo no value', () => {
  it('gives dotted paths', () => {
    const roster = wireInput({ members: z.array(wireInput({ user_id: id })) })
    expect(issues(roster, { members: [{ user_id: 'a' }, { userId: '?' }] })[0]?.path).toBe('members.1.user_id')
  })
  it('is small, however large the input', () => {
    const members = Array.from({ length: 20_000 }, () => ({ user_id: '?'.repeat(40) }))
    const text = JSON.stringify(issues(wireInput({ members: z.array(wireInput({ user_id: id })) }), { members }))
    expect(text.length).toBeLessThan(5000)
    expect(text).not.toContain('???')
  })
})
