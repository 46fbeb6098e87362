import { Button } from '@mantine/core'
import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../ui/error-state.tsx'
import { Splash } from './splash.tsx'

/** A script that could not be fetched: the network is down, or a newer build has replaced it. */
class NotLoaded extends Error {
  override readonly name = 'NotLoaded'
}

/**
 * A page whose script is fetched when it is first shown. When that fails, the page says so, and tries again when asked.
 */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const begin = () => lazy(async () => ({ default: await load().catch(notLoaded) }))
  // React keeps what a `lazy` failed with for ever: trying again takes a new one.
  let Page = begin()
  return function LazyPage(props: Props) {
    const [attempt, setAttempt] = useState(0)
    const retry = () => {
      Page = begin()
      setAttempt(attempt + 1)
    }
    return (
      <LoadBoundary key={attempt} onRetry={retry}>
        <Suspense fallback={<Splash />}>
          <Page {...props} />
        </Suspense>
      </LoadBoundary>
    )
  }
}

const notLoaded = (cause: unknown): never => {
  throw new NotLoaded('A part of the page could not be fetched.', { cause })
}

class LoadBoundary extends Component<{ onRetry: () => void; children: ReactNode }, { error: unknown }> {
  override readonly state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (!(error instanceof NotLoaded)) throw error
    return <NotLoadedPage onRetry={this.props.onRetry} />
  }
}

function NotLoadedPage({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation('common')
  return (
    <ErrorState title={t('chunk.title')} text={t('chunk.text')} onRetry={onRetry}>
      <Button variant="subtle" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </ErrorState>
  )
}
