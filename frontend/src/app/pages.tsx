import { ID_PATTERN } from '@lectern/protocol'
import { Redirect, Route, Switch, useSearchParams } from 'wouter'
import { CoursesPage } from '../features/courses/courses-page.tsx'
import { safePath } from '../ui/safe-path.ts'
import { useAhead } from '../ui/use-ahead.ts'
import { lazyPage } from './lazy-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'

const loadChatPage = async () => (await import('../features/chat/chat-page.tsx')).ChatPage
const ChatPage = lazyPage(loadChatPage)
const MembersPage = lazyPage(async () => (await import('../features/courses/members-page.tsx')).MembersPage)
const FoldersPage = lazyPage(async () => (await import('../features/files/pages.ts')).FoldersPage)
const FolderPage = lazyPage(async () => (await import('../features/files/pages.ts')).FolderPage)
const ClassesPage = lazyPage(async () => (await import('../features/classes/pages.ts')).ClassesPage)
const AttendancePage = lazyPage(async () => (await import('../features/classes/pages.ts')).AttendancePage)
const ClassRoute = lazyPage(async () => (await import('./class-route.tsx')).ClassRoute)
const JoinPage = lazyPage(async () => (await import('../features/courses/join-page.tsx')).JoinPage)
const SettingsPage = lazyPage(async () => (await import('../features/account/settings-page.tsx')).SettingsPage)

export function Pages() {
  useAhead(loadChatPage, ['account', 'courses', 'chat'])
  return (
    <Switch>
      <Route path="/">
        <CoursesPage />
      </Route>
      <Route path="/courses/:courseId">
        {({ courseId }) => (ID_PATTERN.test(courseId) ? <Chat courseId={courseId} /> : <NotFoundPage />)}
      </Route>
      <Route path="/courses/:courseId/members">
        {({ courseId }) => (ID_PATTERN.test(courseId) ? <MembersPage courseId={courseId} /> : <NotFoundPage />)}
      </Route>
      <Route path="/courses/:courseId/files">
        {({ courseId }) => (ID_PATTERN.test(courseId) ? <FoldersPage courseId={courseId} /> : <NotFoundPage />)}
      </Route>
      <Route path="/courses/:courseId/files/:folderId">
        {({ courseId, folderId }) =>
          ID_PATTERN.test(courseId) && ID_PATTERN.test(folderId) ? (
            <FolderPage key={folderId} courseId={courseId} folderId={folderId} />
          ) : (
            <NotFoundPage />
          )
        }
      </Route>
      <Route path="/courses/:courseId/classes">
        {({ courseId }) => (ID_PATTERN.test(courseId) ? <ClassesPage courseId={courseId} /> : <NotFoundPage />)}
      </Route>
      <Route path="/courses/:courseId/classes/:sessionId/attendance">
        {({ courseId, sessionId }) =>
          ID_PATTERN.test(courseId) && ID_PATTERN.test(sessionId) ? (
            <AttendancePage key={sessionId} courseId={courseId} sessionId={sessionId} />
          ) : (
            <NotFoundPage />
          )
        }
      </Route>
      <Route path="/courses/:courseId/classes/:sessionId">
        {({ courseId, sessionId }) =>
          ID_PATTERN.test(courseId) && ID_PATTERN.test(sessionId) ? (
            <ClassRoute key={sessionId} courseId={courseId} sessionId={sessionId} />
          ) : (
            <NotFoundPage />
          )
        }
      </Route>
      <Route path="/join/:code">{({ code }) => <JoinPage key={code} code={code} />}</Route>
      <Route path="/settings">
        <SettingsPage />
      </Route>
      <Route path="/sign-in">
        <Onward />
      </Route>
      <Route path="/register">
        <Onward />
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  )
}

function Chat({ courseId }: { courseId: string }) {
  const [search] = useSearchParams()
  const at = Number(search.get('at') ?? Number.NaN)
  return <ChatPage key={courseId} courseId={courseId} at={Number.isSafeInteger(at) && at > 0 ? at : undefined} />
}

/** From a page that is for who is not signed in, to where it was on the way to. */
function Onward() {
  const [search] = useSearchParams()
  const to = safePath(search.get('next'))
  // Anew for each address, since one such page may name another.
  return <Redirect key={to} to={to} replace />
}
