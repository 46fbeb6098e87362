import { AUTH_ROUTES, USER_ROUTES } from './accounts-routes.ts'
import { COURSE_CHAT_ROUTES, MESSAGE_ROUTES } from './chat-routes.ts'
import { COURSE_SESSION_ROUTES, SESSION_ROUTES } from './classes-routes.ts'
import { COURSE_ROUTES, MEMBER_ROUTES } from './courses-routes.ts'
import { FILE_RECORD_ROUTES, FILE_ROUTES } from './files-routes.ts'
import { OPERATING_ROUTES } from './operating-routes.ts'
import { API_BASE, type RouteTable } from './route.ts'

export interface RouteSection {
  readonly title: string
  readonly description: string
  readonly base: string
  readonly routes: RouteTable
}

/** Resumable uploads are requests of another protocol, whose methods and headers no route describes. */
const FILES_DESCRIPTION =
  `Bytes in and out. \`${API_BASE}/files/tus\` takes resumable uploads by tus 1.0 (creation, creation-with-upload, ` +
  'checksum, expiration, termination), from who is signed in. `Upload-Metadata` at the creation bears `filename`, ' +
  '`folder` and, where they are wanted, `category`, `course_id` and `description`, as the form of an upload does; ' +
  '`Location` is the path of the upload. A chunk may bear `Upload-Checksum` (sha1, sha256 or md5). What has come waits ' +
  'until `Upload-Expires`, 24 hours from the creation. The answer to the last byte bears `File-Id`, the id of the ' +
  "file's record. Errors come with tus's statuses, in the envelope of every other answer."

/** Every route there is, in the order of the reference. */
export const ROUTE_SECTIONS: readonly RouteSection[] = [
  { title: 'Signing in', description: 'Local accounts and cookies.', base: API_BASE, routes: AUTH_ROUTES },
  { title: 'Users', description: 'Accounts, for who administers them.', base: API_BASE, routes: USER_ROUTES },
  { title: 'Courses', description: 'Courses and their join codes.', base: API_BASE, routes: COURSE_ROUTES },
  { title: 'Members', description: 'Who is enrolled in a course, and as what.', base: API_BASE, routes: MEMBER_ROUTES },
  { title: 'Course chat', description: "The log of a course's messages.", base: API_BASE, routes: COURSE_CHAT_ROUTES },
  { title: 'Messages', description: 'One message at a time.', base: API_BASE, routes: MESSAGE_ROUTES },
  {
    title: 'Classes of a course',
    description: 'What is planned, live and past.',
    base: API_BASE,
    routes: COURSE_SESSION_ROUTES,
  },
  {
    title: 'Live classes',
    description: 'One class, who is in it, and who was. What happens in it goes by Socket.IO.',
    base: API_BASE,
    routes: SESSION_ROUTES,
  },
  { title: 'Files', description: FILES_DESCRIPTION, base: API_BASE, routes: FILE_ROUTES },
  { title: 'File records', description: 'Files and folders as records.', base: API_BASE, routes: FILE_RECORD_ROUTES },
  { title: 'Operating', description: 'Health, metrics and this reference.', base: '', routes: OPERATING_ROUTES },
]
