// One script for both: who sees the classes opens the attendance of one next.
export { AttendancePage } from './attendance/attendance-page.tsx'
export { ClassesPage } from './classes-page.tsx'
