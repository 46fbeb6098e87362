import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { JoinCourseForm } from './join-course-form.tsx'

export function JoinCourseDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['courses', 'common'])
  return (
    <Dialog opened={opened} onClose={onClose} title={t('join.title')}>
      <JoinCourseForm onCancel={onClose} onJoined={onClose} />
    </Dialog>
  )
}
