import { COURSE_SESSION_ROUTES, SESSION_ROUTES } from '@lectern/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../harness/start-test-server.ts'
import { ManualTime } from './manual-time.ts'
import { TestClass } from './test-class.ts'

let server: TestServer
const time = new ManualTime(Date.parse('2026-03-02T01:00:00.000Z'))
const MINUTE = 60_000

beforeAll(async () => {
  server = await startTestServer({ env: { LIMIT_EVENTS_PER_SEC: '0' }, time })
})
afterAll(() => server[Symbol.asyncDispose]())

const attendanceOf = async (lesson: TestClass, asWhom = 'teacher') =>
  (await lesson.api(asWhom)).call(SESSION_ROUTES.getAttendance, { params: lesson.target })
const policyOf = async (lesson: TestClass) =>
  (await lesson.api('teacher')).call(COURSE_SESSION_ROUTES.getAttendancePolicy, {
    params: { courseId: lesson.room.courseId },
  })

describe('the report', () => {
  it('RTC38 RTC40 RTC41 RTC42: says of each enrolled person when they were there, and how long', async () => {
    const lesson = await TestClass.plan(server)
    const start = time.now()
    for (const name of ['an', 'binh', 'chi']) await lesson.connect(name)
    const teacher = await lesson.enter('teacher')
    const an = await lesson.enter('an')
    time.advance(5 * MINUTE)
    const binh = await lesson.enter('binh')
    await binh.call('webrtc:raise_hand', lesson.target)
    await an.call('chat:join_room', { courseId: lesson.room.courseId })
    await lesson.room.say(an, 'một')
    await lesson.room.say(an, 'hai')
    await an.call('webrtc:leave_session', lesson.target)
    time.advance(5 * MINUTE)
    await lesson.join(an)
    const [row = undefined, ...others] = (await attendanceOf(lesson)).filter(({ user_name }) => user_name === 'an')
    expect(others).toEqual([])
    const iso = (minutes: number) => new Date(start + minutes * MINUTE).toISOString()
    expect(row).toEqual({
      ...{ user_id: lesson.id('an'), user_name: 'an', role: 'student' },
      ...{ first_joined_at: iso(0), last_left_at: null, total_seconds: 300, percent: 50 },
      ...{ joins: 2, hands_raised: 0, messages_sent: 2 },
      ...{ status: 'partial', measured_status: 'partial', note: null, corrected_by: null },
      intervals: [
        { joined_at: iso(0), left_at: iso(5) },
        { joined_at: iso(10), left_at: null },
      ],
    })
    expect(
      (await attendanceOf(lesson)).map(({ user_name, percent, status, hands_raised }) => [
        user_name,
        percent,
        status,
        hands_raised,
      ]),
    ).toEqual([
      ['an', 50, 'partial', 0],
      ['binh', 50, 'partial', 1],
      ['chi', 0, 'absent', 0],
      ['teacher', 100, 'present', 0],
    ])
    await teacher.settled()
  })

  it('RTC38: a replacement begins no interval', async () => {
    const lesson = await TestClass.plan(server)
    await lesson.enter('teacher')
    time.advance(MINUTE)
    await lesson.enter('teacher')
    time.advance(MINUTE)
    expect(await attendanceOf(lesson)).toMatchObject([{ joins: 1, total_seconds: 120, intervals: [{ left_at: null }] }])
  })

  it('RTC41: a student sees their own alone, a stranger nothing', async () => {
    const lesson = await TestClass.plan(server)
    await lesson.enter('teacher')
    await lesson.enter('an')
    expect(await attendanceOf(lesson, 'an')).toMatchObject([{ user_id: lesson.id('an') }])
    const stranger = await server.api(lesson.room.stranger())
    expect(await stranger.get(`/webrtc/sessions/${lesson.sessionId}/attendance`)).toMatchObject({ status: 404 })
    expect(await stranger.get('/webrtc/sessions/none/attendance?format=csv')).toMatchObject({ status: 404 })
    expect(await stranger.get(`/courses/${lesson.room.courseId}/attendance-policy`)).toMatchObject({ status: 404 })
  })

  it('RTC44: is a file by its query, named after the class, as spreadsheets read it', async () => {
    const lesson = await TestClass.plan(server, { title: 'Bài 2: Đạo hàm' })
    await lesson.enter('teacher')
    const answer = await (await lesson.api('teacher')).get(`/webrtc/sessions/${lesson.sessionId}/attendance?format=csv`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''B%C3%A0i%202%3A%20%C4%90%E1%BA%A1o%20h%C3%A0m",
    )
    expect(answer.text).toMatch(/user_id,user_name,.*\r\nteacher/)
  })
})

describe('RTC39: after a restart', () => {
  it('attendance goes on, and who is back within the grace has not come anew', async () => {
    const lesson = await TestClass.plan(server)
    await lesson.enter('teacher')
    await lesson.enter('an')
    time.advance(9_000)
    await server.restart()
    await lesson.enter('teacher')
    time.advance(11_000)
    await lesson.enter('an')
    time.advance(MINUTE)
    expect(await attendanceOf(lesson)).toMatchObject([
      { user_name: 'an', joins: 2, total_seconds: 69 },
      { user_name: 'teacher', joins: 1, total_seconds: 80 },
    ])
  })
})

describe('RTC43: staff', () => {
  it('correct a status with a note, and take it back; what was measured stays', async () => {
    const lesson = await TestClass.plan(server)
    await lesson.enter('teacher')
    await lesson.enter('an')
    const params = { ...lesson.target, userId: lesson.id('an') }
    const put = async (asWhom: string, body: { status: 'late' | null; note?: string }) =>
      (await lesson.api(asWhom)).call(SESSION_ROUTES.correctAttendance, { params, body })
    expect(await put('assistant', { status: 'late', note: 'Xe hỏng' })).toMatchObject({
      ...{ status: 'late', measured_status: 'partial', note: 'Xe hỏng', corrected_by: lesson.id('assistant') },
      joins: 1,
    })
    expect(server.logLines).toContainEqual(
      expect.objectContaining({ audit: 'attendance.correct', by: lesson.id('assistant'), user_ids: [lesson.id('an')] }),
    )
    expect(await put('teacher', { status: null })).toMatchObject({ status: 'partial', note: null, corrected_by: null })
  })

  it('alone correct, and nobody who is neither enrolled nor was there', async () => {
    const lesson = await TestClass.plan(server)
    await lesson.enter('an')
    const path = (name: string) => `/webrtc/sessions/${lesson.sessionId}/attendance/${lesson.id(name)}`
    const put = async (asWhom: string, name: string) =>
      (await lesson.api(asWhom)).put(path(name), { status: 'present' })
    expect(await put('an', 'an')).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await put('teacher', 'nobody')).toMatchObject({ error: { code: 'NOT_FOUND' } })
    const stranger = await server.api(lesson.room.stranger())
    expect(await stranger.put(path('an'), { status: 'present' })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it('of whom teachers set the course’s policy, which counts for the classes that were', async () => {
    const lesson = await TestClass.plan(server)
    await lesson.enter('teacher')
    time.advance(4 * MINUTE)
    await lesson.enter('an')
    time.advance(6 * MINUTE)
    expect(await policyOf(lesson)).toEqual({ late_after_min: 10, present_percent: 75, absent_below_percent: 0 })
    const statusOfAn = async () => (await attendanceOf(lesson))[0]
    expect(await statusOfAn()).toMatchObject({ percent: 60, status: 'partial' })
    const path = `/courses/${lesson.room.courseId}/attendance-policy`
    expect(await (await lesson.api('assistant')).put(path, { late_after_min: 1 })).toMatchObject({ status: 403 })
    expect(await (await lesson.api('teacher')).put(path, { present_percent: 60, late_after_min: 3 })).toMatchObject({
      data: { late_after_min: 3, present_percent: 60, absent_below_percent: 0 },
    })
    expect(await statusOfAn()).toMatchObject({ status: 'late' })
  })
})
