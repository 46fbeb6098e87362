import type {
  AUTH_ROUTES,
  COURSE_CHAT_ROUTES,
  COURSE_ROUTES,
  COURSE_SESSION_ROUTES,
  FILE_RECORD_ROUTES,
  MEMBER_ROUTES,
  MESSAGE_ROUTES,
  Route,
  SESSION_ROUTES,
  USER_ROUTES,
} from '@lectern/protocol'

type Operations = typeof AUTH_ROUTES &
  typeof USER_ROUTES &
  typeof COURSE_ROUTES &
  typeof MEMBER_ROUTES &
  Omit<typeof COURSE_CHAT_ROUTES, 'exportCourse'> &
  typeof MESSAGE_ROUTES &
  typeof COURSE_SESSION_ROUTES &
  typeof SESSION_ROUTES &
  typeof FILE_RECORD_ROUTES

export type OperationName = keyof Operations
type EndpointOf<Definition extends Route> = `${Uppercase<Definition['method']>} ${Definition['path']}`
type Endpoints = { readonly [Name in OperationName]: EndpointOf<Operations[Name]> }
type OpenName = { [Name in OperationName]: Operations[Name]['auth'] extends 'none' ? Name : never }[OperationName]

/**
 * Method and path of every operation, written out: the protocol's tables bear its schemas, which a browser has no need
 * of. The types have them compared: what is not the protocol's does not compile.
 */
export const ENDPOINTS: Endpoints = {
  setupState: 'GET /auth/setup',
  setUp: 'POST /auth/setup',
  register: 'POST /auth/register',
  login: 'POST /auth/login',
  refresh: 'POST /auth/refresh',
  logout: 'POST /auth/logout',
  me: 'GET /auth/me',
  updateMe: 'PATCH /auth/me',
  openSession: 'POST /auth/session',
  closeSession: 'DELETE /auth/session',

  listUsers: 'GET /users',
  createUser: 'POST /users',
  updateUser: 'PATCH /users/:userId',
  deleteUser: 'DELETE /users/:userId',

  listCourses: 'GET /courses',
  createCourse: 'POST /courses',
  joinCourse: 'POST /courses/join',
  getCourse: 'GET /courses/:courseId',
  updateCourse: 'PATCH /courses/:courseId',
  archiveCourse: 'DELETE /courses/:courseId',
  restoreCourse: 'POST /courses/:courseId/restore',
  renewJoinCode: 'POST /courses/:courseId/code',

  listMembers: 'GET /courses/:courseId/members',
  addMember: 'POST /courses/:courseId/members',
  replaceRoster: 'PUT /courses/:courseId/members',
  updateMember: 'PATCH /courses/:courseId/members/:userId',
  removeMember: 'DELETE /courses/:courseId/members/:userId',

  listMessages: 'GET /chat/courses/:courseId/messages',
  sendMessage: 'POST /chat/courses/:courseId/messages',
  searchMessages: 'GET /chat/courses/:courseId/messages/search',
  listMessagesOfType: 'GET /chat/courses/:courseId/messages/type/:type',
  listPinnedMessages: 'GET /chat/courses/:courseId/messages/pinned',
  getStatistics: 'GET /chat/courses/:courseId/statistics',
  getUnread: 'GET /chat/courses/:courseId/unread',
  getOnlineUsers: 'GET /chat/courses/:courseId/online',

  listUnread: 'GET /chat/unread',
  getMessage: 'GET /chat/messages/:messageId',
  editMessage: 'PUT /chat/messages/:messageId',
  deleteMessage: 'DELETE /chat/messages/:messageId',
  pinMessage: 'PUT /chat/messages/:messageId/pin',
  unpinMessage: 'DELETE /chat/messages/:messageId/pin',
  getHistory: 'GET /chat/messages/:messageId/history',

  listSessions: 'GET /courses/:courseId/sessions',
  createSession: 'POST /courses/:courseId/sessions',
  getAttendancePolicy: 'GET /courses/:courseId/attendance-policy',
  updateAttendancePolicy: 'PUT /courses/:courseId/attendance-policy',

  getSession: 'GET /webrtc/sessions/:sessionId',
  updateSession: 'PATCH /webrtc/sessions/:sessionId',
  deleteSession: 'DELETE /webrtc/sessions/:sessionId',
  listParticipants: 'GET /webrtc/sessions/:sessionId/participants',
  endSession: 'POST /webrtc/sessions/:sessionId/end',
  reopenSession: 'POST /webrtc/sessions/:sessionId/reopen',
  listBans: 'GET /webrtc/sessions/:sessionId/bans',
  liftBan: 'DELETE /webrtc/sessions/:sessionId/bans/:userId',
  getIceServers: 'GET /webrtc/sessions/:sessionId/ice-servers',
  getAttendance: 'GET /webrtc/sessions/:sessionId/attendance',
  correctAttendance: 'PUT /webrtc/sessions/:sessionId/attendance/:userId',

  getFile: 'GET /files/info/:folder/:file',
  getFileById: 'GET /files/record/:fileId',
  listFiles: 'GET /files/list/:folder',
  getFolderSize: 'GET /files/folder-size/:folder',
  getFileStatistics: 'GET /files/statistics',
  moveFile: 'POST /files/move',
  copyFile: 'POST /files/copy',
  createSignedUrl: 'POST /files/signed-url',
  deleteSignedUrl: 'DELETE /files/signed-urls/:id',
  listFolders: 'GET /files/folders',
  createFolder: 'POST /files/folders',
  updateFolder: 'PATCH /files/folders/:folder',
  deleteFolder: 'DELETE /files/folders/:folder',
  deleteFile: 'DELETE /files/:folder/:file',
}

/** Those that ask for no identity: what they refuse, no renewing changes. */
const OPEN: { readonly [Name in OpenName]: true } = {
  setupState: true,
  setUp: true,
  register: true,
  login: true,
  refresh: true,
  logout: true,
  closeSession: true,
}

export const isOpen = (name: string): boolean => Object.hasOwn(OPEN, name)
