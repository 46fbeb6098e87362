import { ActionIcon, Progress } from '@mantine/core'
import { ChevronDown, ChevronUp, ListX } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from 'wouter'
import { useReadable } from '../../../lectern/readable.ts'
import { useClaimedUploads, useRefusedFiles, useUploads } from '../../../lectern/uploads-context.tsx'
import { clsx } from '../../../ui/class-names.ts'
import unseen from '../../../ui/visually-hidden.module.css'
import { summaryOf, type TraySummary } from './tray-summary.ts'
import { RefusedRow, UploadRow } from './upload-row.tsx'
import styles from './uploads-tray.module.css'
import { useUnloadWarning } from './use-unload-warning.ts'
import { useUploadResults } from './use-upload-results.ts'

const PHONE = '(max-width: 47.99em)'

/** Everything on its way, on every page. */
export function UploadsTray() {
  const all = useUploads()
  const claimed = useReadable(useClaimedUploads())
  const refusedFiles = useRefusedFiles()
  const refused = useReadable(refusedFiles)
  const uploads = all.filter(({ id }) => !claimed.has(id))
  const summary = summaryOf(uploads, refused.length)
  const said = useUploadResults(uploads, refused)
  useUnloadWarning(summary.underWay > 0)
  const clear = () => {
    for (const upload of uploads) upload.dismiss()
    refusedFiles.clear()
  }
  return (
    <>
      <div className={unseen['hidden']} aria-live="polite" aria-relevant="additions" data-uploads-said="">
        {said.map(({ key, text }) => (
          <div key={key}>{text}</div>
        ))}
      </div>
      {uploads.length + refused.length > 0 && (
        <Tray summary={summary} onClear={clear}>
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
          {refused.map((file) => (
            <RefusedRow key={file.id} file={file} onDismiss={() => refusedFiles.dismiss(file.id)} />
          ))}
        </Tray>
      )}
    </>
  )
}

interface TrayProps {
  summary: TraySummary
  onClear: () => void
  children: ReactNode
}

function Tray({ summary, onClear, children }: TrayProps) {
  const { t } = useTranslation('files')
  const [isChat] = useRoute('/courses/:courseId')
  const [isOpen, setOpen] = useState(() => !matchMedia(PHONE).matches)
  const body = useId()
  const end = useScrollToEnd(summary)
  const toggleLabel = t(isOpen ? 'tray.minimise' : 'tray.expand')
  return (
    <section className={clsx(styles['tray'], isChat && styles['aboveComposer'])} aria-label={t('tray.title')}>
      <header className={styles['head']}>
        <Headline summary={summary} />
        {summary.underWay + summary.waiting === 0 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('tray.clear')}
            title={t('tray.clear')}
            onClick={onClear}
          >
            <ListX size={18} aria-hidden="true" />
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={toggleLabel}
          title={toggleLabel}
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <ChevronDown size={18} aria-hidden="true" /> : <ChevronUp size={18} aria-hidden="true" />}
        </ActionIcon>
      </header>
      {summary.progress !== undefined && (
        <Progress size={3} radius={0} aria-label={t('tray.title')} value={summary.progress * 100} />
      )}
      <ul id={body} ref={end} hidden={!isOpen} className={styles['list']}>
        {children}
      </ul>
    </section>
  )
}

/** What is added is at the end. */
function useScrollToEnd({ underWay, waiting, done, failed }: TraySummary) {
  const list = useRef<HTMLUListElement>(null)
  const count = underWay + waiting + done + failed
  const before = useRef(count)
  useEffect(() => {
    if (count > before.current) list.current?.scrollTo({ top: list.current.scrollHeight })
    before.current = count
  }, [count])
  return list
}

function Headline({ summary }: { summary: TraySummary }) {
  const { t } = useTranslation('files')
  const { underWay, waiting, done, failed, progress } = summary
  const parts = [
    underWay > 0 && t('tray.underWay', { count: underWay }),
    waiting > 0 && t('tray.waiting', { count: waiting }),
    underWay + waiting === 0 && done > 0 && t('tray.done', { count: done }),
    failed > 0 && t('tray.failed', { count: failed }),
  ].filter((part) => part !== false)
  return (
    <h2 className={styles['title']}>
      {parts.join(' · ')}
      {progress !== undefined && (
        <span className={styles['percent']}> {t('tray.percent', { percent: Math.floor(progress * 100) })}</span>
      )}
    </h2>
  )
}
