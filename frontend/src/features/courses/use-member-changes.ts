import type { CourseRole } from '@lectern/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../lectern/client-context.tsx'
import { refreshCourses } from '../../lectern/course-queries.ts'

/** What staff do with a course's members; each reads the lists again afterwards. All throw LecternError. */
export function useMemberChanges(courseId: string) {
  const { api } = useClient()
  const queries = useQueryClient()
  const after = async (change: Promise<unknown>): Promise<void> => {
    try {
      await change
    } finally {
      // Also where it was refused: the course is perhaps not as it is shown.
      await refreshCourses(queries)
    }
  }
  return {
    add: (email: string, role: CourseRole) => after(api.addMember({ params: { courseId }, body: { email, role } })),
    changeRole: (userId: string, role: CourseRole) =>
      after(api.updateMember({ params: { courseId, userId }, body: { role } })),
    remove: (userId: string) => after(api.removeMember({ params: { courseId, userId } })),
  }
}
