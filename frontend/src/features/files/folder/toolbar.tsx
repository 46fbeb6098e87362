import { FILE_CATEGORY_NAMES, type FileCategory, type FileSort, LIMITS } from '@lectern/protocol'
import { CloseButton, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { LayoutGrid, List, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import unseen from '../../../ui/visually-hidden.module.css'
import { categoryIn, type FileView, SORTS } from './file-choice.ts'
import styles from './toolbar.module.css'

export interface Choices {
  query: string
  category: FileCategory | undefined
  sort: FileSort
  view: FileView
  onQuery: (query: string) => void
  onCategory: (category: FileCategory | undefined) => void
  onSort: (sort: string) => void
  onView: (view: string) => void
}

const SORT_TEXTS = { created_at: 'list.newest', name: 'list.name', size: 'list.size' } as const

/** Which of the files are shown, and how. */
export function Toolbar({ query, category, sort, view, onQuery, onCategory, onSort, onView }: Choices) {
  const { t } = useTranslation('files')
  return (
    <div className={styles['toolbar']}>
      <TextInput
        type="search"
        className={styles['search'] ?? ''}
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        maxLength={LIMITS.searchQuery}
        leftSection={<Search size={16} aria-hidden="true" />}
        rightSection={query !== '' && <CloseButton aria-label={t('list.clear')} onClick={() => onQuery('')} />}
        value={query}
        onChange={({ currentTarget }) => onQuery(currentTarget.value)}
      />
      <NativeSelect
        className={styles['select'] ?? ''}
        aria-label={t('list.kind')}
        value={category ?? ''}
        onChange={({ currentTarget }) => onCategory(categoryIn(currentTarget.value))}
        data={[
          { value: '', label: t('list.all') },
          ...FILE_CATEGORY_NAMES.map((name) => ({ value: name, label: t(`category.${name}`) })),
        ]}
      />
      <NativeSelect
        className={styles['select'] ?? ''}
        aria-label={t('list.sort')}
        value={sort}
        onChange={({ currentTarget }) => onSort(currentTarget.value)}
        data={SORTS.map((name) => ({ value: name, label: t(SORT_TEXTS[name]) }))}
      />
      <SegmentedControl
        className={styles['view'] ?? ''}
        aria-label={t('list.view')}
        value={view}
        onChange={onView}
        data={[
          {
            value: 'grid',
            label: <ViewLabel icon={<LayoutGrid size={16} aria-hidden="true" />} text={t('list.grid')} />,
          },
          { value: 'rows', label: <ViewLabel icon={<List size={16} aria-hidden="true" />} text={t('list.rows')} /> },
        ]}
      />
    </div>
  )
}

function ViewLabel({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <span className={styles['viewLabel']} title={text}>
      {icon}
      <span className={unseen['hidden']}>{text}</span>
    </span>
  )
}
