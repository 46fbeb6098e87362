import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, useRoute } from 'wouter'
import { CourseNav } from '../../features/courses/course-nav.tsx'
import { part, whenFetched } from '../../ui/part.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import styles from './shell.module.css'
import { UploadsHost } from './uploads-host.tsx'
import { useFollowServer } from './use-follow-server.ts'
import { useLeftChanges } from './use-left-changes.ts'

const LiveClass = whenFetched(part(async () => (await import('../../features/class/live-class.tsx')).LiveClass))

/** Around every page: the connection's state above, the courses at the side; on a phone only what is at hand. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common')
  const [isHome] = useRoute('/')
  useFollowServer()
  useLeftChanges()
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#main">
        {t('skipToContent')}
      </a>
      <ConnectionBanner />
      <div className={styles['columns']}>
        <div className={styles['sidebar']}>
          <header className={styles['top']}>
            <Brand />
          </header>
          <CourseNav className={styles['nav']} />
          <div className={styles['account']}>
            <AccountMenu />
          </div>
        </div>
        <div className={styles['page']}>
          {isHome && (
            <header className={styles['phoneTop']}>
              <Brand />
              <AccountMenu compact />
            </header>
          )}
          <Route path="/courses/:courseId/*?">
            {({ courseId }) => (
              <Suspense>
                <LiveClass courseId={courseId} />
              </Suspense>
            )}
          </Route>
          <main id="main" className={styles['main']} tabIndex={-1}>
            {children}
          </main>
          <Suspense>
            <UploadsHost />
          </Suspense>
        </div>
      </div>
    </div>
  )
}
