import { AUTH_ROUTES, USER_ROUTES } from './accounts-routes.ts'
import { COURSE_CHAT_ROUTES, MESSAGE_ROUTES } from './chat-routes.ts'
import { COURSE_ROUTES, MEMBER_ROUTES } from './courses-routes.ts'
import { OPERATING_ROUTES } from './operating-routes.ts'
import { API_BASE, type RouteTable } from './route.ts'

export interface RouteSection {
  readonly title: string
  readonly description: string
  readonly base: string
  readonly routes: RouteTable
}

/** Every route there is, in the order of the reference. */
export const ROUTE_SECTIONS: readonly RouteSection[] = [
  { title: 'Signing in', description: 'Local accounts and cookies.', base: API_BASE, routes: AUTH_ROUTES },
  { title: 'Users', description: 'Accounts, for who administers them.', base: API_BASE, routes: USER_ROUTES },
  { title: 'Courses', description: 'Courses and their join codes.', base: API_BASE, routes: COURSE_ROUTES },
  { title: 'Members', description: 'Who is enrolled in a course, and as what.', base: API_BASE, routes: MEMBER_ROUTES },
  { title: 'Course chat', description: "The log of a course's messages.", base: API_BASE, routes: COURSE_CHAT_ROUTES },
  { title: 'Messages', description: 'One message at a time.', base: API_BASE, routes: MESSAGE_ROUTES },
  { title: 'Operating', description: 'Health, metrics and this reference.', base: '', routes: OPERATING_ROUTES },
]
