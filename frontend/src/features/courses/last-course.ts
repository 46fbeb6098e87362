import { readStored, writeStored } from '../../ui/storage.ts'

// Of one person: another may sign in to the same browser.
const key = (userId: string): string => `lectern.last-course.${userId}`

export const lastCourse = (userId: string): string | null => readStored(key(userId))

export const rememberCourse = (userId: string, courseId: string): void => writeStored(key(userId), courseId)
