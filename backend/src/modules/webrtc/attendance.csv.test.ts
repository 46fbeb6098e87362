import type { AttendanceRecord } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { attendanceCsv } from './attendance.csv.ts'

const record: AttendanceRecord = {
  ...{ user_id: 'u1', user_name: 'Nguyễn Thị Ánh', role: 'student' },
  ...{ first_joined_at: '2026-03-02T01:00:00.000Z', last_left_at: null, total_seconds: 2700, percent: 75.5 },
  ...{ joins: 2, hands_raised: 1, messages_sent: 0, status: 'present', measured_status: 'late' },
  ...{ note: 'Kẹt xe, "đến muộn"', corrected_by: 'co' },
  intervals: [
    { joined_at: '2026-03-02T01:00:00.000Z', left_at: '2026-03-02T01:10:00.000Z' },
    { joined_at: '2026-03-02T01:20:00.000Z', left_at: null },
  ],
}

describe('RTC44: attendance as CSV', () => {
  it('has a header, and a line for each person, times as ISO writes them and durations in seconds', () => {
    expect(attendanceCsv([record]).split('\r\n')).toEqual([
      '\uFEFFuser_id,user_name,role,status,measured_status,percent,total_seconds,first_joined_at,last_left_at,joins,hands_raised,messages_sent,note,corrected_by,intervals',
      'u1,Nguyễn Thị Ánh,student,present,late,75.5,2700,2026-03-02T01:00:00.000Z,,2,1,0,"Kẹt xe, ""đến muộn""",co,2026-03-02T01:00:00.000Z/2026-03-02T01:10:00.000Z; 2026-03-02T01:20:00.000Z/..',
      '',
    ])
  })

  it('begins with the bytes by which Excel knows UTF-8, and shows Vietnamese names as they are', () => {
    const bytes = Buffer.from(attendanceCsv([record]))
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toContain('Nguyễn Thị Ánh')
  })

  it('makes text of what a spreadsheet would run', () => {
    const hostile = { ...record, user_name: '=HYPERLINK("http://x")', note: '@SUM(A1)' }
    expect(attendanceCsv([hostile])).toContain(`u1,"'=HYPERLINK(""http://x"")",student`)
    expect(attendanceCsv([hostile])).toContain(`,'@SUM(A1),co,`)
  })
})
