import { Button, Center } from '@mantine/core'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { usePageTitle } from '../lectern/page-title.ts'
import { EmptyState } from '../ui/empty-state.tsx'

export function NotFoundPage() {
  const { t } = useTranslation('common')
  usePageTitle(t('notFound.title'))
  return (
    <Center h="100%">
      <EmptyState icon={<Compass size={26} />} title={t('notFound.title')} text={t('notFound.text')}>
        <Button component={Link} href="/">
          {t('notFound.home')}
        </Button>
      </EmptyState>
    </Center>
  )
}
