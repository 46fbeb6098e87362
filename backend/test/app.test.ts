import { COURSE_ROUTES } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { startTestServer } from './harness/start-test-server.ts'

describe('the server', () => {
  it('knows the bearer of an LMS’s token over REST', async () => {
    await using server = await startTestServer()
    const teacher = await server.api({ sub: 't1', role: 'teacher' })
    const made = await teacher.call(COURSE_ROUTES.createCourse, { body: { title: 'Physics' } })
    expect(made).toMatchObject({ title: 'Physics', role: 'teacher', member_count: 1 })
    expect(await teacher.call(COURSE_ROUTES.getCourse, { params: { courseId: made.id } })).toEqual(made)
    const stranger = await server.api({ sub: 's1' })
    expect((await stranger.get(`/courses/${made.id}`)).error).toMatchObject({ code: 'NOT_FOUND' })
    const nobody = await server.api()
    expect((await nobody.get('/courses')).error).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('keeps what it stored over a restart, and its port', async () => {
    await using server = await startTestServer()
    const { url } = server
    const made = await (await server.api({ sub: 't1', role: 'teacher' })).call(COURSE_ROUTES.createCourse, {
      body: { title: 'Physics' },
    })
    await server.restart()
    expect(server.url).toBe(url)
    expect((await (await server.api({ sub: 't1' })).get(`/courses/${made.id}`)).data).toEqual(made)
  })

  it('counts a person’s requests together, whatever they ask for', async () => {
    await using server = await startTestServer({
      env: { LIMIT_EVENTS_PER_SEC: '3' },
      clock: { now: () => 1_700_000_000_000 },
    })
    const person = await server.api({ sub: 's1' })
    const codes: number[] = []
    for (const path of ['/courses', '/courses/c1', '/courses', '/courses']) codes.push((await person.get(path)).status)
    expect(codes).toEqual([200, 404, 200, 429])
    expect((await (await server.api({ sub: 's2' })).get('/courses')).status).toBe(200)
  })

  it('logs no token and no query', async () => {
    await using server = await startTestServer()
    const token = await server.token({ sub: 't1' })
    await (await server.api(token)).get(`/courses?cursor=${token}`)
    expect(JSON.stringify(server.logLines)).not.toContain(token)
    expect(server.logLines).toContainEqual(
      expect.objectContaining({ msg: 'request', user_id: 't1', route: '/api/v1/courses' }),
    )
  })

  it.each([
    ['GET', '?EIO=4&transport=polling', 200],
    ['GET', '?EIO=3&transport=polling', 400],
    ['POST', '?EIO=4&transport=polling&sid=unknown', 400],
    ['OPTIONS', '?EIO=4&transport=polling', 204],
  ])('GEN3: Socket.IO’s answer to %s %s bears a request id', async (method, query, status) => {
    await using server = await startTestServer()
    const response = await fetch(`${server.url}/socket.io/${query}`, { method })
    expect(response.status).toBe(status)
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
  })

  it('takes a token in a query string for none', async () => {
    await using server = await startTestServer()
    const token = await server.token({ sub: 't1' })
    const nobody = await server.api()
    expect((await nobody.get(`/courses?token=${token}&access_token=${token}`)).status).toBe(401)
  })
})
