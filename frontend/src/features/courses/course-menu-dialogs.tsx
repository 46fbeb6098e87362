import { ArchiveDialog } from './archive-dialog.tsx'
import type { CourseDialogProps } from './course-dialog.types.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

export type CourseChange = 'rename' | 'leave' | 'archive'

/** What the menu of a course asks before it does it. */
export function CourseMenuDialogs({
  opened,
  which,
  ...props
}: CourseDialogProps & { which: CourseChange | undefined }) {
  return (
    <>
      <RenameDialog {...props} opened={opened && which === 'rename'} />
      <LeaveDialog {...props} opened={opened && which === 'leave'} />
      <ArchiveDialog {...props} opened={opened && which === 'archive'} />
    </>
  )
}
