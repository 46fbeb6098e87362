import type { AttendanceRecord, AttendanceStatus, ClassSession } from '@lectern/protocol'

// A picture cannot wait until a class has lasted three quarters of an hour: these are answers as the server gives them.

const MINUTE = 60_000

const iso = (time: number): string => new Date(time).toISOString()

const session = (courseId: string, id: string, title: string, facts: Partial<ClassSession>): ClassSession => ({
  id,
  course_id: courseId,
  title,
  status: 'scheduled',
  scheduled_at: null,
  duration_min: 45,
  started_at: null,
  ended_at: null,
  locked: false,
  lobby: true,
  ...facts,
})

const held = (courseId: string, id: string, title: string, start: number, minutes: number): ClassSession =>
  session(courseId, id, title, {
    status: 'ended',
    scheduled_at: iso(start),
    started_at: iso(start + MINUTE),
    ended_at: iso(start + minutes * MINUTE),
  })

/** Some weeks of a course. */
export function sessionsOf(courseId: string, now: number): readonly ClassSession[] {
  const day = (days: number, minutes = 0) => now + days * 1_440 * MINUTE + minutes * MINUTE
  return [
    session(courseId, 'live', 'Chương 3: Không gian vectơ, cơ sở và số chiều', {
      status: 'live',
      scheduled_at: iso(now - 12 * MINUTE),
      started_at: iso(now - 10 * MINUTE),
    }),
    session(courseId, 'soon', 'Giải đáp bài tập tuần 4', { scheduled_at: iso(now + 18 * MINUTE), duration_min: 30 }),
    session(courseId, 'later', 'Ôn tập giữa kỳ: ma trận, định thức và hệ phương trình tuyến tính', {
      scheduled_at: iso(day(0, 240)),
      duration_min: 90,
      lobby: false,
    }),
    session(courseId, 'tomorrow', 'Chương 4: Ánh xạ tuyến tính', { scheduled_at: iso(day(1)) }),
    session(courseId, 'week', 'Kiểm tra giữa kỳ', { scheduled_at: iso(day(5, 30)), duration_min: 120 }),
    session(courseId, 'any', 'Phòng tự học', { duration_min: null, lobby: false }),
    session(courseId, 'missed', 'Buổi học bù', { scheduled_at: iso(day(-2, -60)) }),
    held(courseId, 'past-1', 'Chương 2: Định thức', day(-1), 47),
    held(courseId, 'past-2', 'Chương 1: Ma trận và các phép toán trên ma trận', day(-5, 25), 92),
    held(courseId, 'past-3', 'Giới thiệu môn học', day(-8), 38),
  ]
}

const NAMES = [
  'Trần Minh Anh',
  'Nguyễn Gia Bảo',
  'Lê Thị Ngọc Bích',
  'Phạm Quốc Cường',
  'Hoàng Thùy Dung',
  'Vũ Tiến Dũng',
  'Đặng Hải Đăng',
  'Bùi Hương Giang',
  'Đỗ Thu Hà',
  'Nguyễn Khánh Hân',
  'Trần Quang Hiếu',
  'Lý Gia Huy',
  'Phan Thanh Hương',
  'Ngô Minh Khôi',
  'Đinh Tuấn Kiệt',
  'Nguyễn Hoàng Phương Linh',
  'Trương Bảo Long',
  'Lê Xuân Mai',
  'Nguyễn Đức Mạnh',
  'Tạ Bích Ngọc',
  'Hồ Yến Nhi',
  'Cao Thiên Phúc',
  'Mai Anh Quân',
  'Dương Như Quỳnh',
  'Nguyễn Công Tằng Tôn Nữ Hoàng Thảo',
  'Lâm Đức Thịnh',
  'Võ Ngọc Trâm',
  'Huỳnh Minh Triết',
  'Phùng Cẩm Tú',
  'Kiều Hải Yến',
] as const

/** Minutes from the start: in and out. */
type Stays = readonly (readonly [number, number])[]

/** Of the people in turn; none: never came. */
const STAYS: readonly Stays[] = [
  [[0, 46]],
  [[-1, 46]],
  [[11, 46]],
  [
    [1, 12],
    [13, 46],
  ],
  [],
  [[0, 21]],
  [
    [0, 9],
    [11, 17],
    [18, 30],
    [31, 46],
  ],
  [[2, 43]],
  [[22, 46]],
  [[0, 46]],
]

const statusOf = (minutes: number, first: number | undefined, length: number): AttendanceStatus => {
  if (first === undefined) return 'absent'
  if (minutes < length * 0.75) return 'partial'
  return first > 10 ? 'late' : 'present'
}

/** @param until minutes from the start: the end, or now */
function recordOf(name: string, index: number, start: number, until: number, isLive: boolean): AttendanceRecord {
  const stays = (STAYS[(index * 7) % STAYS.length] ?? []).filter(([from]) => from < until)
  const spans = stays.map(([from, to]) => [Math.max(from, 0), Math.min(to, until)] as const)
  const minutes = spans.reduce((sum, [from, to]) => sum + to - from, 0)
  const first = stays[0]?.[0]
  const measured = statusOf(minutes, first, until)
  const isThere = isLive && spans.at(-1)?.[1] === until
  const intervals = spans.map(([from, to]) => ({
    joined_at: iso(start + from * MINUTE),
    left_at: isThere && to === until ? null : iso(start + to * MINUTE),
  }))
  const isCorrected = !isLive && (index === 4 || index === 12)
  return {
    user_id: `student-${index}`,
    user_name: name,
    role: 'student',
    first_joined_at: intervals[0]?.joined_at ?? null,
    last_left_at: intervals.at(-1)?.left_at ?? null,
    total_seconds: minutes * 60,
    percent: Math.round((1000 * minutes) / until) / 10,
    joins: stays.length,
    hands_raised: stays.length === 0 ? 0 : (index * 3) % 4,
    messages_sent: (index * 5) % 7,
    status: isCorrected ? 'present' : measured,
    measured_status: measured,
    note: isCorrected ? 'Mất điện cả khu phố, em đã gửi ảnh thông báo của điện lực.' : null,
    corrected_by: isCorrected ? 'teacher' : null,
    intervals,
  }
}

/** Thirty students, and their teacher. */
export function attendanceOf({ started_at, ended_at }: ClassSession, now: number): readonly AttendanceRecord[] {
  const start = started_at === null ? now : Date.parse(started_at)
  const until = Math.round(((ended_at === null ? now : Date.parse(ended_at)) - start) / MINUTE)
  const isLive = ended_at === null
  const students = NAMES.map((name, index) => recordOf(name, index, start, until, isLive))
  const teacher = recordOf('Nguyễn Thị Hạnh', 0, start, until, isLive)
  return [
    { ...teacher, user_id: 'teacher', role: 'teacher', status: 'present', measured_status: 'present' },
    ...students,
  ]
}
