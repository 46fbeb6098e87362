import { LIMITS } from '@lectern/protocol'
import { ActionIcon, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Search, SlidersHorizontal } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchFilters } from './search-filters.tsx'
import styles from './search-panel.module.css'
import { NO_FILTERS } from './search-query.ts'
import { SearchResults } from './search-results.tsx'

/** Long enough that a word is typed, and with an input method composed, before it is asked for. */
const TYPING_MS = 300

export default function SearchPanel({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('chat')
  const [text, setText] = useState('')
  const [filters, setFilters] = useState(NO_FILTERS)
  const [isFiltering, setFiltering] = useState(false)
  const [words] = useDebouncedValue(text.trim(), TYPING_MS)
  const input = useRef<HTMLInputElement>(null)
  const filtersId = useId()
  const count = Object.values(filters).filter((value) => value !== undefined).length
  useEffect(() => input.current?.focus({ preventScroll: true }), [])
  return (
    <>
      <search className={styles['form']}>
        <div className={styles['bar']}>
          <TextInput
            ref={input}
            className={styles['input']}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder={t('search.placeholder')}
            aria-label={t('search.placeholder')}
            maxLength={LIMITS.searchQuery}
            leftSection={<Search size={16} />}
            rightSection={
              text === '' ? undefined : (
                <CloseButton
                  size="sm"
                  aria-label={t('search.clear')}
                  onClick={() => {
                    setText('')
                    input.current?.focus()
                  }}
                />
              )
            }
            enterKeyHint="search"
            autoComplete="off"
            data-message-search
            data-autofocus
          />
          <ActionIcon
            size={36}
            variant={isFiltering || count > 0 ? 'light' : 'default'}
            onClick={() => setFiltering(!isFiltering)}
            aria-expanded={isFiltering}
            aria-controls={filtersId}
            aria-label={count === 0 ? t('search.filters') : t('search.filtersSet', { count })}
            title={t('search.filters')}
          >
            <SlidersHorizontal size={17} />
          </ActionIcon>
        </div>
        <div id={filtersId} hidden={!isFiltering}>
          {isFiltering && <SearchFilters filters={filters} onChange={setFilters} />}
        </div>
      </search>
      <SearchResults
        words={text.trim() === '' ? '' : words}
        filters={filters}
        onDone={onDone}
        {...(count === 0 ? {} : { onClearFilters: () => setFilters(NO_FILTERS) })}
      />
    </>
  )
}
