import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'

export const CreateCourseDialog = dialogOnDemand(
  async () => (await import('./create-course-dialog.tsx')).CreateCourseDialog,
)

export const JoinCourseDialog = dialogOnDemand(async () => (await import('./join-course-dialog.tsx')).JoinCourseDialog)
