import type { ConnectionState, CourseUnread, OutboxEntry } from '@lectern/client'
import { useCallback } from 'react'
import { useClient } from './client-context.tsx'
import { useReadable, useSelected } from './readable.ts'

const NOTHING: CourseUnread = { unread: 0, mentions: 0, lastReadSeq: 0 }

export const useConnection = (): ConnectionState => useReadable(useClient().connection)

/** What is not sent yet, of all courses. */
export const useOutbox = (): readonly OutboxEntry[] => useReadable(useClient().outbox)

export const useUnread = (courseId: string): CourseUnread =>
  useSelected(
    useClient().unread,
    useCallback((unread) => unread.get(courseId) ?? NOTHING, [courseId]),
  )

const total = (unread: ReadonlyMap<string, CourseUnread>): number =>
  [...unread.values()].reduce((sum, course) => sum + course.unread, 0)

export const useTotalUnread = (): number => useSelected(useClient().unread, total)
