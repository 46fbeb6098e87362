import { Button } from '@mantine/core'
import { RotateCw } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../ui/error-state.tsx'
import { FullPage } from './full-page.tsx'

interface ErrorBoundaryProps {
  children: ReactNode
}

/** Stands in for what failed while it was drawn. React has no other way than a class to catch that. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { failed: boolean }> {
  override readonly state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <BrokenPage /> : this.props.children
  }
}

function BrokenPage() {
  const { t } = useTranslation('common')
  return (
    <FullPage>
      <ErrorState title={t('broken.title')} text={t('broken.text')}>
        <Button leftSection={<RotateCw size={16} aria-hidden="true" />} onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </ErrorState>
    </FullPage>
  )
}
