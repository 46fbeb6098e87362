import type { FolderVisibility } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import type { EffectiveRole } from './actor.ts'
import {
  type FolderReading,
  type FolderStanding,
  isReadByTheCourse,
  mayAddTo,
  mayDeleteFile,
  mayMakeFolder,
  mayManageFile,
  mayManageFolder,
  readingIn,
  visibilityOfNew,
} from './file-policies.ts'

const KINDS: readonly FolderVisibility[] = ['private', 'dropbox', 'course', 'shared', 'public']
const ROLES = [undefined, 'student', 'assistant', 'teacher', 'admin'] as const

const inCourse = (role: EffectiveRole | undefined, owns = false): FolderStanding => ({ role, inCourse: true, owns })
const anywhere = (role: EffectiveRole | undefined, owns = false): FolderStanding => ({ role, inCourse: false, owns })

/** One answer for each of: a stranger, a student, an assistant, a teacher, an administrator. */
type Answers<Answer> = readonly [Answer, Answer, Answer, Answer, Answer]
const cases = <Answer>(table: Partial<Record<FolderVisibility, Answers<Answer>>>) =>
  KINDS.flatMap((kind) =>
    (table[kind] ?? []).map((answer, at) => ({ kind, role: ROLES[at], answer: answer as Answer })),
  )

const [yes, no] = [true, false]

describe('in a course', () => {
  it.each(
    cases<FolderReading>({
      private: ['none', 'none', 'none', 'none', 'all'],
      dropbox: ['none', 'own', 'all', 'all', 'all'],
      course: ['none', 'all', 'all', 'all', 'all'],
      shared: ['none', 'all', 'all', 'all', 'all'],
      public: ['all', 'all', 'all', 'all', 'all'],
    }),
  )('$kind: $role reads $answer', ({ kind, role, answer }) => expect(readingIn(inCourse(role), kind)).toBe(answer))

  it.each(
    cases<boolean>({
      private: [no, no, no, no, yes],
      dropbox: [no, yes, yes, yes, yes],
      course: [no, no, yes, yes, yes],
      shared: [no, yes, yes, yes, yes],
      public: [no, no, yes, yes, yes],
    }),
  )('$kind: $role adds: $answer', ({ kind, role, answer }) => expect(mayAddTo(inCourse(role), kind)).toBe(answer))

  it.each(
    cases<boolean>({
      private: [no, yes, yes, yes, yes],
      dropbox: [no, no, yes, yes, yes],
      course: [no, no, yes, yes, yes],
      shared: [no, yes, yes, yes, yes],
      public: [no, no, yes, yes, yes],
    }),
  )('$kind: $role makes one: $answer', ({ kind, role, answer }) =>
    expect(mayMakeFolder(inCourse(role), kind)).toBe(answer),
  )

  it.each(
    cases<boolean>({
      private: [no, no, no, no, yes],
      dropbox: [no, no, yes, yes, yes],
      course: [no, no, yes, yes, yes],
      shared: [no, no, yes, yes, yes],
      public: [no, no, yes, yes, yes],
    }),
  )('$kind: $role manages what others uploaded and made: $answer', ({ kind, role, answer }) => {
    expect(mayManageFile(inCourse(role), kind, { isUploader: false })).toBe(answer)
    expect(mayManageFolder(inCourse(role), kind, { holdsOthersFiles: true })).toBe(answer)
  })

  it('staff deletes what others uploaded, whatever the folder; others what they uploaded, while they are enrolled', () => {
    const deleting = (isUploader: boolean) => ROLES.filter((role) => mayDeleteFile(inCourse(role), { isUploader }))
    expect(deleting(false)).toEqual(['assistant', 'teacher', 'admin'])
    expect(deleting(true)).toEqual(['student', 'assistant', 'teacher', 'admin'])
  })

  it.each(KINDS)('%s: a student manages their own files, and their own folder while it holds no others', (kind) => {
    expect(mayManageFile(inCourse('student'), kind, { isUploader: true })).toBe(true)
    expect(mayManageFolder(inCourse('student', true), kind, { holdsOthersFiles: false })).toBe(true)
    expect(mayManageFolder(inCourse('student', true), kind, { holdsOthersFiles: true })).toBe(false)
    expect(mayManageFolder(inCourse('student'), kind, { holdsOthersFiles: false })).toBe(false)
  })

  it.each(KINDS)('%s: who is not enrolled any more has nothing of their own', (kind) => {
    const removed = inCourse(undefined, true)
    expect(readingIn(removed, kind)).toBe(kind === 'public' ? 'all' : 'none')
    expect(mayAddTo(removed, kind)).toBe(false)
    expect(mayManageFile(removed, kind, { isUploader: true })).toBe(false)
    expect(mayManageFolder(removed, kind, { holdsOthersFiles: false })).toBe(false)
  })

  it('an upload makes a course folder of staff, and a shared one of a student', () => {
    const made = ROLES.slice(1).map((role) => visibilityOfNew(inCourse(role), { isNamedPublic: true }))
    expect(made).toEqual(['shared', 'course', 'course', 'course'])
  })
})

describe('without a course', () => {
  it.each(
    cases<FolderReading>({
      private: ['none', 'none', 'none', 'none', 'all'],
      dropbox: ['none', 'own', 'own', 'own', 'all'],
      public: ['all', 'all', 'all', 'all', 'all'],
    }),
  )('$kind: $role reads $answer', ({ kind, role, answer }) => expect(readingIn(anywhere(role), kind)).toBe(answer))

  it.each(
    cases<boolean>({
      private: [no, no, no, no, yes],
      dropbox: [no, yes, yes, yes, yes],
      public: [no, no, no, yes, yes],
    }),
  )('$kind: $role adds: $answer', ({ kind, role, answer }) => expect(mayAddTo(anywhere(role), kind)).toBe(answer))

  it.each(
    cases<boolean>({
      private: [no, yes, yes, yes, yes],
      dropbox: [no, no, no, yes, yes],
      course: [no, no, no, no, no],
      shared: [no, no, no, no, no],
      public: [no, no, no, yes, yes],
    }),
  )('$kind: $role makes one: $answer', ({ kind, role, answer }) =>
    expect(mayMakeFolder(anywhere(role), kind)).toBe(answer),
  )

  it.each(KINDS)('%s: administrators alone manage what others uploaded', (kind) => {
    const managing = ROLES.filter((role) => mayManageFile(anywhere(role), kind, { isUploader: false }))
    expect(managing).toEqual(['admin'])
    expect(ROLES.filter((role) => mayDeleteFile(anywhere(role), { isUploader: false }))).toEqual(['admin'])
  })

  it('an upload makes a dropbox, or what the operator has made public', () => {
    expect(visibilityOfNew(anywhere('student'), { isNamedPublic: false })).toBe('dropbox')
    expect(visibilityOfNew(anywhere('teacher'), { isNamedPublic: true })).toBe('public')
  })
})

describe('a private folder', () => {
  it.each([inCourse('student', true), inCourse('teacher', true), anywhere('student', true)])(
    'is read and added to by its owner',
    (owner) => {
      expect(readingIn(owner, 'private')).toBe('all')
      expect(mayAddTo(owner, 'private')).toBe(true)
    },
  )
})

it('everyone enrolled reads what is in course, shared and public folders', () =>
  expect(KINDS.filter(isReadByTheCourse)).toEqual(['course', 'shared', 'public']))
