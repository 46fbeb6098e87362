import { useState } from 'react'
import { Route, Router, Switch } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { BesideContext } from '../lectern/beside.ts'
import { lazyPage } from './lazy-page.tsx'

// Of its own: what it takes to show a class is not named in what every page loads.
const ClassPage = lazyPage(async () => (await import('../features/class/class-page.tsx')).ClassPage)
const ChatPage = lazyPage(async () => (await import('../features/chat/chat-page.tsx')).ChatPage)
const FoldersPage = lazyPage(async () => (await import('../features/files/pages.ts')).FoldersPage)
const FolderPage = lazyPage(async () => (await import('../features/files/pages.ts')).FolderPage)

interface ClassRouteProps {
  courseId: string
  sessionId: string
}

/** A class, with its course's chat and files beside it. */
export function ClassRoute({ courseId, sessionId }: ClassRouteProps) {
  const [panels] = useState(() => ({
    chat: (
      <BesideContext value={true}>
        <ChatPage courseId={courseId} at={undefined} />
      </BesideContext>
    ),
    files: (
      <BesideContext value={true}>
        <FilesBeside courseId={courseId} />
      </BesideContext>
    ),
  }))
  return <ClassPage courseId={courseId} sessionId={sessionId} panels={panels} />
}

/** The files' pages at addresses of their own: to open a folder is not to leave the class. */
function FilesBeside({ courseId }: { courseId: string }) {
  const [location] = useState(() => memoryLocation({ path: `/courses/${courseId}/files` }))
  return (
    <Router hook={location.hook} searchHook={location.searchHook}>
      <Switch>
        <Route path="/courses/:courseId/files/:folderId">
          {({ folderId }) => <FolderPage key={folderId} courseId={courseId} folderId={folderId} />}
        </Route>
        <Route>
          <FoldersPage courseId={courseId} />
        </Route>
      </Switch>
    </Router>
  )
}
