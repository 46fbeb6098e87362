import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Dialog } from '../../ui/dialog.tsx'
import { TitleForm } from './title-form.tsx'
import { useCourseChanges } from './use-course-changes.ts'

export function CreateCourseDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['courses', 'common'])
  const { create } = useCourseChanges()
  const [, navigate] = useLocation()
  const submit = async (title: string) => {
    const { id } = await create(title)
    onClose()
    // The members page has the join code, which is what a new course needs next.
    navigate(`/courses/${id}/members`)
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('create.title')}>
      <TitleForm submitLabel={t('create.submit')} onCancel={onClose} onSubmit={submit} />
    </Dialog>
  )
}
