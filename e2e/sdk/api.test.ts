import { createApi, createClient } from '@lectern/client'
import { describe, expect, it } from 'vitest'
import { addAccount, addCourse, setUp } from '../rig/school.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { until } from '../rig/until.ts'

describe('the api', () => {
  it('goes the way of a school: accounts, a course, a code, messages', async () => {
    await using server = await startServerProcess()
    const visitor = createApi({ url: server.url })
    expect((await visitor.setupState()).data).toEqual({ needed: true })
    const administrator = await setUp(server)
    expect((await visitor.setupState()).data).toEqual({ needed: false })
    const teacher = await addAccount(server, administrator, 'Trần Thị Bình', 'teacher')
    const course = await addCourse(server, teacher, 'Toán 10A')

    const { email, password } = teacher
    const session = await visitor.login({ body: { email, password, client: 'app' } })
    const refreshed = await visitor.refresh({ body: { refresh_token: session.data.refresh_token ?? '' } })
    const api = createApi({ url: server.url, token: refreshed.data.access_token })
    expect((await api.me()).data).toMatchObject({ id: teacher.id, role: 'teacher' })

    const params = { courseId: course.id }
    const sent = await api.sendMessage({ params, body: { message: 'Chào cả lớp' } })
    expect(sent.data).toMatchObject({ seq: 1, message: 'Chào cả lớp' })
    const found = await api.searchMessages({ params, query: { q: 'chao lop', limit: 5 } })
    expect(found.data[0]?.highlights).toEqual([
      [0, 4],
      [8, 11],
    ])
    const page = await api.listMessages({ params, query: { after: 0 } })
    expect(page.meta).toMatchObject({ last_seq: 1, last_rev: 1, next_cursor: null })
    await expect(api.deleteMessage({ params: { messageId: sent.data.id } })).resolves.toEqual({
      data: undefined,
      meta: undefined,
    })
    expect((await visitor.logout()).data).toBeUndefined()
  })

  it('throws what the server refuses, with the id that its log has', async () => {
    await using server = await startServerProcess()
    const api = createApi({ url: server.url, token: signToken({ sub: 'an' }) })
    const refused = await api.getCourse({ params: { courseId: 'a|b:c@d' } }).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refused).toMatchObject({ code: 'NOT_FOUND', requestId: expect.stringMatching(/^[\w-]{20,}$/) })
    await expect(api.createCourse({ body: { title: 'Toán' } })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const stranger = createApi({ url: server.url, token: 'no token of anybody' })
    await expect(stranger.me()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('shares its token with the connection of a client', async () => {
    await using server = await startServerProcess()
    let fetched = 0
    using client = createClient({
      url: server.url,
      token: async () => {
        fetched++
        return signToken({ sub: 'an', courses: { toan: 'student' } })
      },
    })
    client.connect()
    const [me, courses] = await Promise.all([
      client.me(),
      client.api.listCourses(),
      until(client.connection, ({ status }) => status === 'online'),
    ])
    expect([me.id, courses.data.map(({ id }) => id), fetched]).toEqual(['an', ['toan'], 1])
    expect(await client.me()).toBe(me)
  })
})
