import type { COURSE_ROUTES, MEMBER_ROUTES } from '@lectern/protocol'
import { listed } from '../../http/listed.ts'
import type { RouteHandlers } from '../../http/route-binder.types.ts'
import type { CourseService } from './courses.service.ts'
import type { EnrolmentService } from './enrolments.service.ts'

/** What the routes of courses call. */
export interface CourseServices {
  readonly courses: CourseService
  readonly enrolments: EnrolmentService
}

export const courseHandlers = ({ courses }: CourseServices): RouteHandlers<typeof COURSE_ROUTES> => ({
  listCourses: async ({ actor, query }) => listed(await courses.list(actor, query), query.limit),
  createCourse: async ({ actor, body }) => ({ data: await courses.make(actor, body) }),
  joinCourse: async ({ actor, body }) => {
    const { course, joined } = await courses.join(actor, body.code)
    return joined ? { data: course } : { data: course, status: 200 }
  },
  getCourse: async ({ actor, params }) => ({ data: await courses.get(actor, params.courseId) }),
  updateCourse: async ({ actor, params, body }) => ({ data: await courses.change(actor, params.courseId, body) }),
  archiveCourse: ({ actor, params }) => courses.archive(actor, params.courseId),
  restoreCourse: async ({ actor, params }) => ({ data: await courses.restore(actor, params.courseId) }),
  renewJoinCode: async ({ actor, params }) => ({ data: await courses.renewCode(actor, params.courseId) }),
})

export const memberHandlers = ({ enrolments }: CourseServices): RouteHandlers<typeof MEMBER_ROUTES> => ({
  listMembers: async ({ actor, params, query }) =>
    listed(await enrolments.page(actor, params.courseId, query), query.limit),
  addMember: async ({ actor, params, body }) => {
    const { member, added } = await enrolments.add(actor, params.courseId, body)
    return added ? { data: member } : { data: member, status: 200 }
  },
  replaceRoster: async ({ actor, params, body }) => ({
    data: await enrolments.replaceRoster(actor, params.courseId, body),
  }),
  updateMember: async ({ actor, params, body }) => ({
    data: await enrolments.changeRole(actor, params.courseId, params.userId, body.role),
  }),
  removeMember: ({ actor, params }) => enrolments.remove(actor, params.courseId, params.userId),
})
