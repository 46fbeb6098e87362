import type { CourseRecord, MemberRecord } from '@lectern/protocol'
import { Button, CloseButton, Skeleton, TextInput } from '@mantine/core'
import { Search, UserSearch } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../../lectern/course-queries.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { matches } from '../../ui/fold.ts'
import { RowList, RowListLoading } from '../../ui/row-list.tsx'
import styles from './member-row.module.css'
import { MemberRow } from './member-row.tsx'

/** From how many on searching is quicker than looking. */
const SEARCH_FROM = 8

export function MemberList({ course }: { course: CourseRecord }) {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  const [query, setQuery] = useState('')
  const members = useAllWhile(course.id, query !== '')
  if (members.all === undefined) {
    if (members.error === null) return <MembersSkeleton />
    const again = () => void members.refetch()
    return <ErrorState title={t('members.failed')} text={errorText(members.error)} onRetry={again} />
  }
  const found = query === '' ? members.all : members.all.filter(({ name }) => matches(name, query))
  return (
    <>
      {members.all.length >= SEARCH_FROM && <SearchField value={query} onChange={setQuery} />}
      <Found course={course} found={found} isLoading={members.isLoadingMore} />
      {(query === '' || members.error !== null) && members.hasMore && (
        <Button mt="md" variant="default" loading={members.isLoadingMore} onClick={members.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

/** The members, page by page; while searching all of them, since a search of some would miss people. */
function useAllWhile(courseId: string, needsAll: boolean) {
  const { members: all, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useMembers(courseId)
  useEffect(() => {
    if (needsAll && hasNextPage && !isFetchingNextPage && error === null) void fetchNextPage()
  }, [needsAll, hasNextPage, isFetchingNextPage, error, fetchNextPage])
  const loadMore = () => void fetchNextPage()
  return { all, error, refetch, loadMore, hasMore: hasNextPage, isLoadingMore: isFetchingNextPage }
}

function SearchField({ value, onChange }: { value: string; onChange: (query: string) => void }) {
  const { t } = useTranslation('courses')
  return (
    <TextInput
      type="search"
      mb="md"
      aria-label={t('members.search')}
      placeholder={t('members.search')}
      leftSection={<Search size={16} aria-hidden="true" />}
      rightSection={value !== '' && <CloseButton aria-label={t('members.clear')} onClick={() => onChange('')} />}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

interface FoundProps {
  course: CourseRecord
  found: readonly MemberRecord[]
  isLoading: boolean
}

function Found({ course, found, isLoading }: FoundProps) {
  const { t } = useTranslation('courses')
  if (found.length === 0 && isLoading) return <MembersSkeleton />
  if (found.length === 0) return <EmptyState icon={<UserSearch size={26} />} title={t('members.notFound')} />
  return (
    <RowList>
      {found.map((member) => (
        <MemberRow key={member.user_id} course={course} member={member} />
      ))}
    </RowList>
  )
}

const PLACES = ['a', 'b', 'c', 'd']

function MembersSkeleton() {
  return (
    <RowListLoading>
      {PLACES.map((place) => (
        <div key={place} className={styles['row']}>
          <Skeleton height={36} circle />
          <Skeleton height={14} width="40%" />
        </div>
      ))}
    </RowListLoading>
  )
}
