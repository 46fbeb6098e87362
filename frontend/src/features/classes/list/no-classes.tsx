import { Button } from '@mantine/core'
import { CalendarPlus, Presentation, Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/empty-state.tsx'

interface NoClassesProps {
  isStaff: boolean
  onPlan: () => void
  onStart: () => void
}

/** A course in which no class was held nor planned. */
export function NoClasses({ isStaff, onPlan, onStart }: NoClassesProps) {
  const { t } = useTranslation('classes')
  if (!isStaff) return <EmptyState icon={<Presentation size={26} />} title={t('none.title')} text={t('none.student')} />
  return (
    <EmptyState icon={<Presentation size={26} />} title={t('none.title')} text={t('none.staff')}>
      <Button leftSection={<Video size={16} aria-hidden="true" />} onClick={onStart}>
        {t('start.open')}
      </Button>
      <Button variant="default" leftSection={<CalendarPlus size={16} aria-hidden="true" />} onClick={onPlan}>
        {t('plan.open')}
      </Button>
    </EmptyState>
  )
}
