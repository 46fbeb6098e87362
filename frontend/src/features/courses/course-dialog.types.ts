import type { CourseRecord } from '@lectern/protocol'

export interface CourseDialogProps {
  course: CourseRecord
  opened: boolean
  onClose: () => void
}
