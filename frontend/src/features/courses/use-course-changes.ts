import type { CourseRecord } from '@lectern/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../lectern/client-context.tsx'
import { refreshCourses } from '../../lectern/course-queries.ts'

/** What somebody may do with courses; reads the lists again afterwards. All throw LecternError. */
export function useCourseChanges() {
  const { api } = useClient()
  const queries = useQueryClient()
  const after = async <Result>(change: Promise<{ data: Result }>): Promise<Result> => {
    const { data } = await change
    await refreshCourses(queries)
    return data
  }
  return {
    create: (title: string): Promise<CourseRecord> => after(api.createCourse({ body: { title } })),
    join: (code: string): Promise<CourseRecord> => after(api.joinCourse({ body: { code } })),
    rename: (courseId: string, title: string) => after(api.updateCourse({ params: { courseId }, body: { title } })),
    restore: (courseId: string) => after(api.restoreCourse({ params: { courseId } })),
    renewCode: (courseId: string) => after(api.renewJoinCode({ params: { courseId } })),
    /** Reads nothing again: whoever was in the course goes elsewhere first, and calls `refresh`. */
    archive: (courseId: string) => api.archiveCourse({ params: { courseId } }),
    leave: (courseId: string, userId: string) => api.removeMember({ params: { courseId, userId } }),
    refresh: () => refreshCourses(queries),
  }
}
