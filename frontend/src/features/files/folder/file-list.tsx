import type { FileCategory, FileRecord } from '@lectern/protocol'
import { Button, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { FileSearch, FolderOpen } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { type FileFilter, useFiles } from '../../../lectern/file-queries.ts'
import { clsx } from '../../../ui/class-names.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { RowList, RowListLoading } from '../../../ui/row-list.tsx'
import { isStaff, mayAdd } from '../file-permissions.ts'
import barStyles from '../selection/selection-bar.module.css'
import { SelectionBar } from '../selection/selection-bar.tsx'
import { useSelection } from '../selection/selection-context.ts'
import { UploadButton } from '../upload/upload-button.tsx'
import { type FileView, useFileSort, useFileView } from './file-choice.ts'
import itemStyles from './file-item.module.css'
import { FileRow, FileTile } from './file-item.tsx'
import styles from './file-list.module.css'
import { useShownFolder } from './folder-context.ts'
import { type Choices, Toolbar } from './toolbar.tsx'

/** How long after the last letter it is searched. */
const TYPING_MS = 250

export type Listing = ReturnType<typeof useListing>

/** What is chosen to be shown of the folder, and what comes of it. */
export function useListing(folderId: string) {
  const [query, setQuery] = useState('')
  const [category, setCategory] = useState<FileCategory>()
  const [sort, setSort] = useFileSort()
  const [view, setView] = useFileView()
  const [typed] = useDebouncedValue(query.trim(), TYPING_MS)
  const words = query.trim() === '' ? '' : typed
  const filter: FileFilter = {
    sort,
    ...(category === undefined ? {} : { category }),
    ...(words === '' ? {} : { q: words }),
  }
  const found = useFiles(folderId, filter)
  const choices = {
    ...{ query, category, sort, view },
    ...{ onQuery: setQuery, onCategory: setCategory, onSort: setSort, onView: setView },
  }
  return { found, choices, isFiltered: category !== undefined || words !== '' }
}

/** @param shown the listing's files, without those that are being deleted or moved */
export function FileList({ listing, shown }: { listing: Listing; shown: readonly FileRecord[] }) {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const { found, choices, isFiltered } = listing
  const { files, error } = found
  if (files === undefined) {
    if (error === null) return <FilesLoading view={choices.view} />
    const again = () => void found.refetch()
    return <ErrorState title={t('failed')} text={errorText(error)} onRetry={again} isRetrying={found.isFetching} />
  }
  if (shown.length === 0 && !isFiltered && !found.hasNextPage) return <NoFiles />
  return (
    <>
      <Head choices={choices} isAllShown={!isFiltered && !found.hasNextPage && shown.length === files.length} />
      {shown.length === 0 && !found.hasNextPage ? (
        <EmptyState icon={<FileSearch size={26} />} title={t('list.notFound')} text={t('list.notFoundText')} />
      ) : (
        <Files files={shown} view={choices.view} />
      )}
      {found.hasNextPage && <More found={found} />}
    </>
  )
}

/** The tools; in their place, once something is selected, what may be done with it. */
function Head({ choices, isAllShown }: { choices: Choices; isAllShown: boolean }) {
  const { files, count } = useSelection()
  const isSelecting = files.length > 0
  return (
    <div className={clsx(barStyles['head'], isSelecting && barStyles['selecting'])}>
      <div className={barStyles['tools']}>
        <Toolbar {...choices} />
      </div>
      <SelectionBar isWhole={isAllShown && files.length === count} />
    </div>
  )
}

function Files({ files, view }: { files: readonly FileRecord[]; view: FileView }) {
  const isSelecting = useSelection().files.length > 0
  if (view === 'rows') {
    return (
      <RowList>
        {files.map((file) => (
          <FileRow key={file.id} file={file} />
        ))}
      </RowList>
    )
  }
  return (
    <ul className={styles['grid']} data-selecting={isSelecting || undefined}>
      {files.map((file) => (
        <FileTile key={file.id} file={file} />
      ))}
    </ul>
  )
}

function NoFiles() {
  const { t } = useTranslation('files')
  const { viewer, folder } = useShownFolder()
  const adds = mayAdd(viewer, folder)
  const isHandIn = folder.visibility === 'dropbox'
  const text = () => {
    if (!adds) return t('empty.read')
    if (isHandIn && isStaff(viewer)) return t('empty.dropboxStaff')
    // There is nothing to drop or to paste with.
    if (matchMedia('(hover: none)').matches) return t(isHandIn ? 'empty.dropboxByTouch' : 'empty.addByTouch')
    return t(isHandIn ? 'empty.dropbox' : 'empty.add')
  }
  return (
    <EmptyState icon={<FolderOpen size={26} />} title={t('empty.title')} text={text()}>
      {adds && <UploadButton quiet />}
    </EmptyState>
  )
}

/** Gets more as soon as its place comes near. */
function More({ found }: { found: Listing['found'] }) {
  const { t } = useTranslation('files')
  const place = useRef<HTMLDivElement>(null)
  const { fetchNextPage, isFetching, isFetchNextPageError: hasFailed, isFetchingNextPage } = found
  useEffect(() => {
    if (place.current === null || isFetching || hasFailed) return
    const near = { rootMargin: '600px' }
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && void fetchNextPage(), near)
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [isFetching, hasFailed, fetchNextPage])
  return (
    <div ref={place} className={styles['more']}>
      <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t(hasFailed ? 'list.moreFailed' : 'list.more')}
      </Button>
    </div>
  )
}

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f']

export function FilesLoading({ view }: { view: FileView }) {
  const { t } = useTranslation('common')
  if (view === 'rows') {
    return (
      <RowListLoading>
        {PLACES.map((place) => (
          <div key={place} className={itemStyles['row']}>
            <span className={itemStyles['boxPlace']} />
            <Skeleton height={40} width={40} radius="md" />
            <Skeleton height={14} width="40%" />
          </div>
        ))}
      </RowListLoading>
    )
  }
  return (
    <div className={styles['grid']} role="status" aria-label={t('loading')}>
      {PLACES.map((place) => (
        <Skeleton key={place} height={200} radius="md" />
      ))}
    </div>
  )
}
