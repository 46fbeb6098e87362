import { describe, expect, it } from 'vitest'
import { toRequest } from './request.ts'

const GET = 'GET /courses/:courseId/members/:userId'

describe('a request', () => {
  it('bears ids as parts of its path, whatever is in them', () => {
    const { url } = toRequest('https://lectern.example/', GET, { params: { courseId: 'a|b:c', userId: 'x/../y?z#' } })
    expect(url).toBe('https://lectern.example/api/v1/courses/a%7Cb%3Ac/members/x%2F..%2Fy%3Fz%23')
    expect(new URL(url).pathname).toBe('/api/v1/courses/a%7Cb%3Ac/members/x%2F..%2Fy%3Fz%23')
  })

  it.each(['.', '..', '', undefined, null])('refuses the id %j, which would name another path', (courseId) => {
    expect(() => toRequest('', GET, { params: { courseId, userId: 'an' } })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    )
  })

  it('leaves out what is not given of a query, and writes numbers as text', () => {
    const { url } = toRequest('', 'GET /users', { query: { limit: 5, cursor: undefined, q: 'đào tạo & hơn' } })
    expect(url).toBe('/api/v1/users?limit=5&q=%C4%91%C3%A0o+t%E1%BA%A1o+%26+h%C6%A1n')
    expect(toRequest('', 'GET /users', { query: {} }).url).toBe('/api/v1/users')
  })

  it('bears its body as JSON, and its token as Bearer', () => {
    const { init } = toRequest('', 'POST /courses', { body: { title: 'Toán' } }, 'token')
    expect(init).toMatchObject({
      method: 'POST',
      body: '{"title":"Toán"}',
      headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
    })
    expect(toRequest('', 'POST /auth/logout', {}).init.headers).toEqual({ Accept: 'application/json' })
  })
})
