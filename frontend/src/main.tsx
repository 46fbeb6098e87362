import './app/fonts.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './app/global.css'
import './app/reduced-motion.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startI18n } from './app/i18n.ts'
import { followBuild } from './app/newer-build.ts'
import { styleNonce } from './app/style-nonce.ts'
import { applyColorScheme } from './app/theme.ts'
import { Session } from './lectern/session.ts'

applyColorScheme()
setNonce(styleNonce())
followBuild()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root.')

const session = new Session()
const [texts] = await Promise.allSettled([startI18n(), session.start()])
// Without texts there is nothing to say; the browser's own page of a failed load says more.
if (texts.status === 'rejected') throw texts.reason
createRoot(root).render(<App session={session} />)
