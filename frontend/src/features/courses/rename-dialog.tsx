import type { CourseRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import type { CourseDialogProps } from './course-dialog.types.ts'
import { TitleForm } from './title-form.tsx'
import { useCourseChanges } from './use-course-changes.ts'

export function RenameDialog({ course, opened, onClose }: CourseDialogProps) {
  const { t } = useTranslation(['courses', 'common'])
  return (
    <Dialog opened={opened} onClose={onClose} title={t('rename.title')}>
      <Rename course={course} onClose={onClose} />
    </Dialog>
  )
}

function Rename({ course, onClose }: { course: CourseRecord; onClose: () => void }) {
  const { t } = useTranslation('common')
  const { rename } = useCourseChanges()
  const submit = async (title: string) => {
    if (title !== course.title) await rename(course.id, title)
    onClose()
  }
  return <TitleForm initial={course.title} submitLabel={t('save')} onCancel={onClose} onSubmit={submit} />
}
