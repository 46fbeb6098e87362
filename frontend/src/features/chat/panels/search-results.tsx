import { LecternError } from '@lectern/client'
import type { FoundMessage } from '@lectern/protocol'
import { Button, VisuallyHidden } from '@mantine/core'
import { SearchX, TextSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { clsx } from '../../../ui/class-names.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useChat } from '../chat-context.ts'
import { Highlighted } from './highlighted.tsx'
import { MessageCard } from './message-card.tsx'
import { MoreButton } from './more-button.tsx'
import panel from './panel-list.module.css'
import { PanelLoading } from './panel-loading.tsx'
import styles from './search-panel.module.css'
import type { SearchFilters } from './search-query.ts'
import { useSearch } from './use-search.ts'

interface SearchResultsProps {
  /** Empty: nothing is searched for. */
  readonly words: string
  readonly filters: SearchFilters
  readonly onDone: () => void
  /** There where filters leave something out. */
  readonly onClearFilters?: () => void
}

export function SearchResults({ words, filters, onDone, onClearFilters }: SearchResultsProps) {
  const { t } = useTranslation('chat')
  const { found, error, isFetching, isPlaceholderData, refetch, ...page } = useSearch(words, filters)
  if (words === '') {
    return <EmptyState icon={<TextSearch size={26} />} title={t('search.hint')} text={t('search.hintText')} />
  }
  if (error !== null && (found === undefined || isPlaceholderData)) {
    return <SearchError error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
  }
  if (found === undefined) return <PanelLoading />
  if (found.length === 0 && !isFetching) {
    return (
      <EmptyState icon={<SearchX size={26} />} title={t('search.none', { words })} text={t('search.noneText')}>
        {onClearFilters !== undefined && (
          <Button variant="light" onClick={onClearFilters}>
            {t('search.clearFilters')}
          </Button>
        )}
      </EmptyState>
    )
  }
  return (
    <div className={clsx(panel['scroll'], isPlaceholderData && styles['old'])}>
      <VisuallyHidden role="status">
        {!isFetching && t(page.hasNextPage ? 'search.foundMore' : 'search.found', { count: found.length })}
      </VisuallyHidden>
      <ul className={panel['cards']}>
        {found.map((message) => (
          <Hit key={message.id} message={message} onDone={onDone} />
        ))}
      </ul>
      {page.hasNextPage && (
        <MoreButton
          isLoading={isFetching}
          hasFailed={page.isFetchNextPageError}
          onMore={() => void page.fetchNextPage()}
        />
      )}
    </div>
  )
}

function Hit({ message, onDone }: { readonly message: FoundMessage; readonly onDone: () => void }) {
  const { actions } = useChat()
  const open = (): void => {
    onDone()
    actions.jumpTo(message.seq, { highlight: true })
  }
  return (
    <MessageCard message={message} onOpen={open}>
      <Highlighted text={message.message} highlights={message.highlights} />
    </MessageCard>
  )
}

interface SearchErrorProps {
  readonly error: Error
  readonly isRetrying: boolean
  readonly onRetry: () => void
}

function SearchError({ error, isRetrying, onRetry }: SearchErrorProps) {
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const isBusy = error instanceof LecternError && error.code === 'RATE_LIMITED'
  return (
    <ErrorState
      title={t(isBusy ? 'search.busy' : 'search.failed')}
      text={isBusy ? t('search.busyText') : errorText(error)}
      onRetry={onRetry}
      isRetrying={isRetrying}
    />
  )
}
