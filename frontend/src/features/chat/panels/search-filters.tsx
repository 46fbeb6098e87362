import { Select, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useChat } from '../chat-context.ts'
import { nameMatches } from '../mentions/name-matches.ts'
import { useAllMembers } from '../mentions/use-all-members.ts'
import styles from './search-panel.module.css'
import type { SearchFilters as Filters } from './search-query.ts'

interface SearchFiltersProps {
  readonly filters: Filters
  readonly onChange: (filters: Filters) => void
}

const TYPES = ['text', 'announcement'] as const

/** By whom, of which kind, and when. */
export function SearchFilters({ filters, onChange }: SearchFiltersProps) {
  const { t } = useTranslation('chat')
  const set = (changed: Partial<Filters>): void => onChange({ ...filters, ...changed })
  return (
    <div className={styles['filters']}>
      <PersonFilter userId={filters.userId} onChange={(userId) => set({ userId })} />
      <Select
        size="sm"
        label={t('search.type')}
        placeholder={t('search.anyType')}
        data={TYPES.map((type) => ({ value: type, label: t(`search.types.${type}`) }))}
        value={filters.type ?? null}
        onChange={(value) => set({ type: TYPES.find((type) => type === value) })}
        clearable
        clearButtonProps={{ 'aria-label': t('search.clear') }}
      />
      <div className={styles['dates']}>
        <DateFilter label={t('search.from')} value={filters.from} max={filters.to} onChange={(from) => set({ from })} />
        <DateFilter label={t('search.to')} value={filters.to} min={filters.from} onChange={(to) => set({ to })} />
      </div>
    </div>
  )
}

interface PersonFilterProps {
  readonly userId: string | undefined
  readonly onChange: (userId: string | undefined) => void
}

function PersonFilter({ userId, onChange }: PersonFilterProps) {
  const { t } = useTranslation('chat')
  const { courseId, me } = useChat()
  const { members } = useAllMembers(courseId, true)
  const people = useMemo(
    () =>
      (members ?? []).map((member) => ({
        value: member.user_id,
        label: member.user_id === me.id ? t('people.you', { name: member.name }) : member.name,
      })),
    [members, me.id, t],
  )
  return (
    <Select
      size="sm"
      label={t('search.person')}
      placeholder={t('search.anyone')}
      data={people}
      value={userId ?? null}
      onChange={(value) => onChange(value ?? undefined)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('search.clear') }}
      filter={({ options, search }) =>
        options.filter((option) => !('label' in option) || nameMatches(option.label, search.trim()))
      }
      limit={50}
      nothingFoundMessage={t('people.none')}
    />
  )
}

interface DateFilterProps {
  readonly label: string
  readonly value: string | undefined
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly onChange: (day: string | undefined) => void
}

function DateFilter({ label, value, min, max, onChange }: DateFilterProps) {
  return (
    <TextInput
      size="sm"
      type="date"
      label={label}
      value={value ?? ''}
      min={min}
      max={max}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  )
}
