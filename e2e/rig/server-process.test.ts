import { AUTH_ROUTES, COURSE_ROUTES } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { restOf } from './rest.ts'
import { addAccount, addCourse, joinCourse, setUp, signIn } from './school.ts'
import { startServerProcess } from './server-process.ts'
import { signToken } from './tokens.ts'

describe('a server process', () => {
  it('keeps its people and courses through a kill, on the same port', async () => {
    await using server = await startServerProcess()
    const { url } = server
    const admin = await setUp(server)
    const student = await addAccount(server, admin, 'Lan Tran')
    const course = await addCourse(server, admin, 'Algebra')
    await joinCourse(server, student, course.join_code)
    await expect(server.kill('SIGKILL')).resolves.toMatchObject({ signal: 'SIGKILL' })
    await server.restart()
    expect(server.url).toBe(url)
    const { data } = await restOf(url, await signIn(server, student))(COURSE_ROUTES.listCourses)
    expect(data.map(({ title, role }) => ({ title, role }))).toEqual([{ title: 'Algebra', role: 'student' }])
  })

  it('takes the tokens of the rig’s LMS', async () => {
    await using server = await startServerProcess({ environment: { LOG_LEVEL: 'info' } })
    const token = signToken({ sub: 'minh', role: 'teacher', courses: { algebra: 'teacher' } })
    const { data } = await restOf(server.url, token)(AUTH_ROUTES.me)
    expect(data).toMatchObject({ id: 'minh', name: 'minh', role: 'teacher' })
  })

  it('says why it did not start', async () => {
    await expect(startServerProcess({ environment: { LOG_LEVEL: 'loud' } })).rejects.toThrow('LOG_LEVEL')
  })
})
