import { expect, it } from 'vitest'
import { openTestAttendance } from '../../../test/classes/open-attendance.ts'

it('reads and heartbeats of open intervals do not go through those of the past', async () => {
  await using test = await openTestAttendance()
  const { rows } = await test.database.read.executeQuery<{ detail: string }>({
    ...test.database.read
      .selectFrom('attendance_intervals')
      .select('id')
      .where('session_id', '=', 'x')
      .where('left_at', 'is', null)
      .compile(),
    sql: `explain query plan select id from attendance_intervals where session_id = ? and left_at is null`,
  })
  expect(rows.map(({ detail }) => detail)).toEqual([expect.stringContaining('attendance_intervals_open')])
})
