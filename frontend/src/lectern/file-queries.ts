import type { FileCategory, FileRecord, FileSort, FolderRecord } from '@lectern/protocol'
import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from './client-context.tsx'
import { oneAtATime } from './one-at-a-time.ts'
import { useAllPages } from './use-all-pages.ts'

const FOLDERS_PAGE = 100
const FILES_PAGE = 60
/** No event tells of files. */
const LOOK_AGAIN_MS = 30_000
/** Of a long list that somebody has scrolled through, every page would be asked for again. */
const MOST_PAGES_AGAIN = 4

export interface FileFilter {
  readonly sort: FileSort
  readonly category?: FileCategory
  /** Words; undefined for none. */
  readonly q?: string
}

export const fileKeys = {
  all: ['files'],
  folders: (courseId: string) => ['files', 'folders', courseId],
  size: (folderId: string) => ['files', 'size', folderId],
  lists: (folderId: string) => ['files', 'list', folderId],
  list: (folderId: string, filter: FileFilter) => ['files', 'list', folderId, filter],
  one: (folderId: string, filename: string) => ['files', 'one', folderId, filename],
  usage: ['files', 'usage'],
} as const

const firstPage: string | null = null

const pageQuery = (limit: number, cursor: string | null) => ({ limit, ...(cursor === null ? {} : { cursor }) })

/** The course's folders that one may read or add to, by name; undefined until all are there. */
export function useFolders(courseId: string) {
  const { api } = useClient()
  const { data, ...query } = useInfiniteQuery({
    queryKey: fileKeys.folders(courseId),
    queryFn: ({ pageParam, signal }) =>
      api.listFolders({ query: { course_id: courseId, ...pageQuery(FOLDERS_PAGE, pageParam) }, signal }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
    refetchInterval: LOOK_AGAIN_MS,
  })
  const { hasNextPage } = query
  useAllPages(query)
  const folders = useMemo<readonly FolderRecord[] | undefined>(
    () => (hasNextPage ? undefined : data?.pages.flatMap((page) => page.data)),
    [data, hasNextPage],
  )
  return { ...query, folders }
}

/** The files of a folder that one may read, page by page. */
export function useFiles(folderId: string, filter: FileFilter) {
  const { api } = useClient()
  const { data, ...query } = useInfiniteQuery({
    queryKey: fileKeys.list(folderId, filter),
    queryFn: ({ pageParam, signal }) =>
      api.listFiles({
        params: { folder: folderId },
        query: { ...filter, ...pageQuery(FILES_PAGE, pageParam) },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= MOST_PAGES_AGAIN ? LOOK_AGAIN_MS : false),
  })
  const files = useMemo<readonly FileRecord[] | undefined>(() => data?.pages.flatMap((page) => page.data), [data])
  return { ...query, files }
}

/** One file by its name; not asked for while `filename` is undefined. */
export function useFile(folderId: string, filename: string | undefined) {
  const { api } = useClient()
  return useQuery({
    queryKey: fileKeys.one(folderId, filename ?? ''),
    queryFn: async ({ signal }) =>
      (await api.getFile({ params: { folder: folderId, file: filename ?? '' }, signal })).data,
    enabled: filename !== undefined,
  })
}

const report = oneAtATime()

/** How many files a folder holds of those that one may read, and how much they are. */
export function useFolderSize(folderId: string) {
  const { api } = useClient()
  return useQuery({
    queryKey: fileKeys.size(folderId),
    queryFn: async ({ signal }) =>
      (await report(() => api.getFolderSize({ params: { folder: folderId }, signal }))).data,
  })
}

/** What one has uploaded, everywhere, and how much one may. */
export function useOwnUsage() {
  const { api } = useClient()
  return useQuery({
    queryKey: fileKeys.usage,
    queryFn: async ({ signal }) => (await report(() => api.getFileStatistics({ signal }))).data.quota,
  })
}

/** Reads again what is shown of folders and files, after a change. */
export const refreshFiles = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: fileKeys.all })
