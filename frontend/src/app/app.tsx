import { MantineProvider } from '@mantine/core'
import { Suspense } from 'react'
import type { Session } from '../lectern/session.ts'
import { SessionContext } from '../lectern/session-context.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Root } from './root.tsx'
import { Splash } from './splash.tsx'
import { styleNonce } from './style-nonce.ts'
import { colorSchemeManager, cssVariables, DEFAULT_COLOR_SCHEME, theme } from './theme.ts'
import { ThemeColor } from './theme-color.tsx'

export function App({ session }: { session: Session }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme={DEFAULT_COLOR_SCHEME}
      getStyleNonce={styleNonce}
    >
      <ThemeColor />
      <ErrorBoundary>
        <SessionContext value={session}>
          <Suspense fallback={<Splash />}>
            <Root />
          </Suspense>
        </SessionContext>
      </ErrorBoundary>
    </MantineProvider>
  )
}
