import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { JoinCourseForm } from './join-course-form.tsx'

export function JoinCourseDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['courses', 'common'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('join.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <JoinCourseForm onCancel={onClose} onJoined={onClose} />
    </Modal>
  )
}
