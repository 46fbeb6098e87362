import {
  AUTH_ROUTES,
  COURSE_CHAT_ROUTES,
  COURSE_ROUTES,
  COURSE_SESSION_ROUTES,
  SESSION_ROUTES,
} from '@lectern/protocol'
import { expect, it } from 'vitest'
import { runToEnd, startServerProcess } from './harness/server-process.ts'
import { TestApi } from './harness/test-api.ts'

it('the demo is a week of talk in three courses, and signs in as it says', async () => {
  await using server = await startServerProcess({}, { entry: 'demo' })
  const [, password = ''] = await server.printed(/password .*: (\S+)\n/)
  const signIn = (email: string) => new TestApi(server.url).call(AUTH_ROUTES.login, { body: { email, password } })

  const admin = new TestApi(server.url, (await signIn('admin@demo.example')).access_token)
  const courses = await admin.call(COURSE_ROUTES.listCourses)
  expect(courses).toHaveLength(3)

  const teacher = await signIn('hanh@demo.example')
  expect(teacher.user).toMatchObject({ name: 'Nguyễn Thị Hạnh', role: 'teacher' })
  const api = new TestApi(server.url, teacher.access_token)
  const algebra = (await api.call(COURSE_ROUTES.listCourses)).find(({ title }) => title === 'Đại số tuyến tính')
  expect(algebra).toMatchObject({ role: 'teacher', member_count: 8 })
  const params = { courseId: algebra?.id ?? '' }
  const messages = await api.call(COURSE_CHAT_ROUTES.listMessages, { params })
  const days = new Set(messages.map(({ created_at }) => created_at.slice(0, 10)))
  expect(days.size).toBeGreaterThanOrEqual(6)
  expect(messages.every(({ created_at }) => created_at < new Date().toISOString())).toBe(true)
  for (const trait of ['reply_to', 'pinned_at', 'edited_at', 'deleted_at'] as const) {
    expect(messages.some((message) => message[trait] !== null)).toBe(true)
  }
  const planned = await api.call(COURSE_SESSION_ROUTES.listSessions, { params, query: { status: 'scheduled' } })
  expect(planned).toHaveLength(2)
  expect(planned.every(({ scheduled_at }) => String(scheduled_at) > new Date().toISOString())).toBe(true)
  const [held, ...others] = await api.call(COURSE_SESSION_ROUTES.listSessions, { params, query: { status: 'ended' } })
  expect(others).toEqual([])
  const attendance = await api.call(SESSION_ROUTES.getAttendance, { params: { sessionId: held?.id ?? '' } })
  const byStatus = Map.groupBy(attendance, ({ status }) => status)
  expect((['present', 'late', 'partial', 'absent'] as const).map((status) => byStatus.get(status)?.length)).toEqual([
    5, 1, 1, 1,
  ])
  expect(attendance.find(({ user_name }) => user_name === 'Lê Quốc Bảo')).toMatchObject({ joins: 2, messages_sent: 0 })
  expect(attendance.find(({ user_name }) => user_name === 'Vũ Ngọc Mai')).toMatchObject({ joins: 1, messages_sent: 1 })
  const told = messages.filter(({ message_type }) => message_type === 'system')
  expect(told.map(({ created_at }) => created_at).toSorted()).toEqual([held?.started_at, held?.ended_at])
  expect(messages.some(({ reactions }) => reactions.length > 0)).toBe(true)
  expect(messages.some(({ message_type }) => message_type === 'announcement')).toBe(true)

  await server.kill('SIGTERM')
  const again = await runToEnd(server.dataDir, { PORT: '0', DATA_DIR: server.dataDir }, 'demo')
  expect(again).toMatchObject({
    code: 78,
    stderr: expect.stringMatching(/^DATA_DIR: there is data in it already.*\n$/),
  })
})
