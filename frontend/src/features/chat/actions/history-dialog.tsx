import type { HistoryEntry, MessageRecord } from '@lectern/protocol'
import { Button, Loader } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../lectern/client-context.tsx'
import { useErrorText } from '../../../lectern/error-text.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { fullTime } from '../../../ui/time.ts'
import styles from './history-dialog.module.css'

interface HistoryDialogProps {
  readonly message: MessageRecord
  readonly onClose: () => void
}

const PAGE = 20
const firstPage: string | null = null

function useHistory(messageId: string) {
  const { api } = useClient()
  return useInfiniteQuery({
    queryKey: ['chat', 'history', messageId],
    queryFn: ({ pageParam, signal }) =>
      api.getHistory({
        params: { messageId },
        query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
    staleTime: 0,
  })
}

/** Every version of a message, the newest first. */
export default function HistoryDialog({ message, onClose }: HistoryDialogProps) {
  const { t } = useTranslation('chat')
  const errorText = useErrorText()
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage } = useHistory(message.id)
  const versions = data?.pages.flatMap((page) => page.data)
  return (
    <Dialog opened onClose={onClose} title={t('history.title', { name: message.user_name })}>
      {versions === undefined && error === null && (
        <div className={styles['loading']}>
          <Loader size="sm" />
        </div>
      )}
      {versions === undefined && error !== null && (
        <ErrorState
          title={t('history.failed')}
          text={errorText(error)}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
      {versions !== undefined && (
        <ol className={styles['versions']}>
          {versions.map((version, index) => (
            <Version
              key={`${version.at} ${version.message}`}
              version={version}
              isCurrent={index === 0}
              isOriginal={!hasNextPage && index === versions.length - 1 && versions.length > 1}
            />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button variant="subtle" fullWidth loading={isFetching} onClick={() => void fetchNextPage()}>
          {t('history.more')}
        </Button>
      )}
    </Dialog>
  )
}

interface VersionProps {
  readonly version: HistoryEntry
  readonly isCurrent: boolean
  readonly isOriginal: boolean
}

function Version({ version, isCurrent, isOriginal }: VersionProps) {
  const { t, i18n } = useTranslation('chat')
  return (
    <li className={styles['version']} data-current={isCurrent || undefined}>
      <div className={styles['head']}>
        <time dateTime={version.at}>{fullTime(version.at, i18n.language)}</time>
        {isCurrent && <span className={styles['badge']}>{t('history.current')}</span>}
        {isOriginal && <span className={styles['badge']}>{t('history.original')}</span>}
      </div>
      <p className={styles['text']} dir="auto">
        {version.message === '' ? <em>{t('history.empty')}</em> : version.message}
      </p>
    </li>
  )
}
