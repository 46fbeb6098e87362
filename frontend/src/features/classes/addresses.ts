import type { ClassSession } from '@lectern/protocol'

type Of = Pick<ClassSession, 'id' | 'course_id'>

export const classesAt = (courseId: string): string => `/courses/${courseId}/classes`

/** Where one enters it. */
export const classroomAt = ({ id, course_id }: Of): string => `${classesAt(course_id)}/${id}`

export const attendanceAt = (session: Of): string => `${classroomAt(session)}/attendance`
