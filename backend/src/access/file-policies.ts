import type { FolderVisibility } from '@lectern/protocol'
import type { EffectiveRole } from './actor.ts'

// May they, in a folder. The API key never gets here.

/** What somebody is to a folder, or to the place where they want to make one. */
export interface FolderStanding {
  /**
   * In a course: what they are in that course. Without one: what they are everywhere. Undefined for who is not signed
   * in, is of the other realm, or is a stranger to the course.
   */
  readonly role: EffectiveRole | undefined
  readonly inCourse: boolean
  readonly owns: boolean
}

/** All of a folder's files; those that one uploaded; none. */
export type FolderReading = 'all' | 'own' | 'none'

const isMember = ({ role }: FolderStanding): boolean => role !== undefined
const isAdministrator = ({ role }: FolderStanding): boolean => role === 'admin'

/** Of a course: its teachers and assistants, and administrators; where there is no course, administrators alone. */
const isOfStaff = (standing: FolderStanding): boolean =>
  isAdministrator(standing) || (standing.inCourse && isMember(standing) && standing.role !== 'student')

/** In a course its staff; without one, global teachers and administrators. */
const speaksToThePublic = (standing: FolderStanding): boolean => isOfStaff(standing) || standing.role === 'teacher'

/** Who was removed from a course has nothing of their own there any more. */
const isOwner = (standing: FolderStanding): boolean => standing.owns && isMember(standing)

const READING: Readonly<Record<FolderVisibility, (standing: FolderStanding) => FolderReading>> = {
  private: (standing) => (isOwner(standing) || isAdministrator(standing) ? 'all' : 'none'),
  dropbox: (standing) => (isOfStaff(standing) ? 'all' : isMember(standing) ? 'own' : 'none'),
  course: (standing) => (isMember(standing) ? 'all' : 'none'),
  shared: (standing) => (isMember(standing) ? 'all' : 'none'),
  public: () => 'all',
}

const ADDING: Readonly<Record<FolderVisibility, (standing: FolderStanding) => boolean>> = {
  private: (standing) => isOwner(standing) || isAdministrator(standing),
  dropbox: isMember,
  course: isOfStaff,
  shared: isMember,
  public: speaksToThePublic,
}

export const readingIn = (standing: FolderStanding, visibility: FolderVisibility): FolderReading =>
  READING[visibility](standing)

export const mayAddTo = (standing: FolderStanding, visibility: FolderVisibility): boolean =>
  ADDING[visibility](standing)

/** Whether everyone enrolled in the folder's course may read it: what is in it may be shown to all of them. */
export const isReadByTheCourse = (visibility: FolderVisibility): boolean =>
  visibility === 'course' || visibility === 'shared' || visibility === 'public'

/** Move, rename: its uploader, staff of its course. What is in a private folder is its owner's matter. */
export const mayManageFile = (
  standing: FolderStanding,
  visibility: FolderVisibility,
  { isUploader }: { readonly isUploader: boolean },
): boolean =>
  isAdministrator(standing) || (isMember(standing) && isUploader) || (isOfStaff(standing) && visibility !== 'private')

/**
 * Its uploader, staff of its course, which answers for what it stores: also where they may not read it, in a private
 * folder, and know it by the folder's id and its name alone.
 */
export const mayDeleteFile = (standing: FolderStanding, { isUploader }: { readonly isUploader: boolean }): boolean =>
  isOfStaff(standing) || (isMember(standing) && isUploader)

/** How long a link may open a file for: an hour whoever may read it, longer who manages it. */
export const maySignForLong = mayManageFile

/** Rename, change, delete a folder: staff; its owner, while nobody else has files in it. */
export const mayManageFolder = (
  standing: FolderStanding,
  visibility: FolderVisibility,
  { holdsOthersFiles }: { readonly holdsOthersFiles: boolean },
): boolean =>
  isAdministrator(standing) ||
  (isOwner(standing) && !holdsOthersFiles) ||
  (isOfStaff(standing) && visibility !== 'private')

/** Whether a folder may be made, or made over, to be this. */
export const mayMakeFolder = (standing: FolderStanding, visibility: FolderVisibility): boolean => {
  switch (visibility) {
    case 'private':
      return isMember(standing)
    case 'shared':
      return standing.inCourse && isMember(standing)
    case 'course':
      return standing.inCourse && isOfStaff(standing)
    case 'dropbox':
    case 'public':
      return speaksToThePublic(standing)
  }
}

/** What an upload into a name that is not there makes of it. @param isNamedPublic whether the operator lists the name */
export function visibilityOfNew(
  standing: FolderStanding,
  { isNamedPublic }: { readonly isNamedPublic: boolean },
): FolderVisibility {
  if (standing.inCourse) return isOfStaff(standing) ? 'course' : 'shared'
  return isNamedPublic ? 'public' : 'dropbox'
}

export const maySeeCourseFiles = (role: EffectiveRole): boolean => role !== 'student'
