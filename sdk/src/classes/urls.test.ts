import { expect, it } from 'vitest'
import { attendanceUrl } from './urls.ts'

it('the address of a class’s attendance has its id escaped, and stands under the server’s origin', () => {
  expect(attendanceUrl('toán 1')).toBe('/api/v1/webrtc/sessions/to%C3%A1n%201/attendance?format=csv')
  expect(attendanceUrl('s1', 'https://lectern.example.org/')).toBe(
    'https://lectern.example.org/api/v1/webrtc/sessions/s1/attendance?format=csv',
  )
})
