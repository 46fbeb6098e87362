import { useEffect } from 'react'
import { useMe } from '../../lectern/client-context.tsx'
import { rememberCourse } from './last-course.ts'

/** Keeps which course was last looked at. */
export function useRememberCourse(courseId: string | undefined): void {
  const me = useMe()
  useEffect(() => {
    if (courseId !== undefined) rememberCourse(me.id, courseId)
  }, [me.id, courseId])
}
