import type { EffectiveRole, FileRecord, FolderRecord, FolderVisibility } from '@lectern/protocol'
import { isStaff as isCourseStaff } from '../../lectern/course-roles.ts'

/** Who looks at a course's files. */
export interface Viewer {
  readonly id: string
  /** In the course. */
  readonly role: EffectiveRole | null
}

/** Teachers, assistants and administrators. */
export const isStaff = ({ role }: Viewer): boolean => isCourseStaff(role)

const OF_STAFF: readonly FolderVisibility[] = ['course', 'dropbox', 'shared', 'public', 'private']
const OF_STUDENTS: readonly FolderVisibility[] = ['shared', 'private']

/** What somebody may make a folder of the course to be, the likeliest first. */
export const visibilitiesFor = (viewer: Viewer): readonly FolderVisibility[] =>
  isStaff(viewer) ? OF_STAFF : OF_STUDENTS

export function mayAdd(viewer: Viewer, { visibility, owner_id: ownerId }: FolderRecord): boolean {
  switch (visibility) {
    case 'private':
      return ownerId === viewer.id || viewer.role === 'admin'
    case 'dropbox':
    case 'shared':
      return true
    case 'course':
    case 'public':
      return isStaff(viewer)
  }
}

const runs = (viewer: Viewer, { visibility }: FolderRecord): boolean =>
  viewer.role === 'admin' || (isStaff(viewer) && visibility !== 'private')

/** Whether to offer it: a student's own folder may hold files of others, which the server alone knows. */
export const mayManageFolder = (viewer: Viewer, folder: FolderRecord): boolean =>
  runs(viewer, folder) || folder.owner_id === viewer.id

/** Rename, move, delete it, and share it for more than an hour. */
export const mayManageFile = (viewer: Viewer, folder: FolderRecord, file: FileRecord): boolean =>
  runs(viewer, folder) || file.uploaded_by === viewer.id
