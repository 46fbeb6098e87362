import type { FileRecord } from '@lectern/protocol'
import { ActionIcon, Center, Loader, Modal } from '@mantine/core'
import { ArrowLeft, ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../lectern/error-text.ts'
import { isLost } from '../../../lectern/is-lost.ts'
import { ownPath } from '../../../lectern/own-path.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { FileMenu } from '../folder/file-menu.tsx'
import { FileContent } from './file-content.tsx'
import styles from './file-preview.module.css'
import { usePreviewed } from './use-previewed.ts'

interface FilePreviewProps {
  files: readonly FileRecord[]
  /** Ids of files that are being deleted. */
  hidden: ReadonlySet<string>
}

/** The file that the address names, over the page. */
export function FilePreview({ files, hidden }: FilePreviewProps) {
  const shown = useMemo(() => files.filter(({ id }) => !hidden.has(id)), [files, hidden])
  const previewed = usePreviewed(shown)
  const { isOpen, file, close } = previewed
  useCloseWhenDeleted(file, hidden, close)
  useReturnFocus(file)
  useArrows(previewed)
  return (
    <Modal.Root opened={isOpen} onClose={close} fullScreen returnFocus={false} transitionProps={{ duration: 120 }}>
      <Modal.Content radius={0} className={styles['content'] ?? ''}>
        <div className={styles['frame']} data-preview="">
          <Head previewed={previewed} total={shown.length} />
          <div className={styles['stage']}>
            <Stage previewed={previewed} />
          </div>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

type Previewed = ReturnType<typeof usePreviewed>

/** These take arrows for themselves. */
const OWN_ARROWS = 'video, audio, input, textarea, [role="menu"]'

/** What is asked over the preview is no part of it. */
const isElsewhere = (target: EventTarget | null): boolean => {
  if (!(target instanceof Element)) return false
  const dialog = target.closest('[role="dialog"]')
  return target.closest(OWN_ARROWS) !== null || (dialog !== null && dialog.querySelector('[data-preview]') === null)
}

/** Anywhere on the page: a dialog that opens has not the focus yet. */
function useArrows({ isOpen, previous, next, show }: Previewed): void {
  useEffect(() => {
    if (!isOpen) return
    const press = ({ key, target }: KeyboardEvent) => {
      const to = key === 'ArrowLeft' ? previous : key === 'ArrowRight' ? next : undefined
      if (to !== undefined && !isElsewhere(target)) show(to)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isOpen, previous, next, show])
}

/** What was looked at last has the focus afterwards. */
function useReturnFocus(file: FileRecord | undefined): void {
  const last = useRef<string>(undefined)
  useEffect(() => {
    if (file !== undefined) {
      last.current = file.id
      return
    }
    const id = last.current
    last.current = undefined
    if (id === undefined) return
    // The dialog keeps the focus inside until it is gone.
    const frame = requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-file="${CSS.escape(id)}"]`)?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [file])
}

function useCloseWhenDeleted(file: FileRecord | undefined, hidden: ReadonlySet<string>, close: () => void): void {
  const isDeleted = file !== undefined && hidden.has(file.id)
  useEffect(() => {
    if (isDeleted) close()
  }, [isDeleted, close])
}

function Head({ previewed, total }: { previewed: Previewed; total: number }) {
  const { t } = useTranslation('files')
  const { file, index, close } = previewed
  return (
    <header className={styles['head']}>
      <IconButton label={t('preview.close')} onClick={close}>
        <ArrowLeft size={20} aria-hidden="true" />
      </IconButton>
      <Modal.Title className={styles['title'] ?? ''}>
        <bdi>{file?.filename ?? t('file.preview')}</bdi>
      </Modal.Title>
      {index !== -1 && (
        <span className={styles['position']}>{t('preview.position', { index: index + 1, count: total })}</span>
      )}
      {file !== undefined && (
        <>
          <ActionIcon
            component="a"
            href={ownPath(file.download_url)}
            download
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('file.download')}
            title={t('file.download')}
          >
            <Download size={18} aria-hidden="true" />
          </ActionIcon>
          <FileMenu file={file} />
        </>
      )}
    </header>
  )
}

function Stage({ previewed }: { previewed: Previewed }) {
  const { t } = useTranslation('files')
  const errorText = useErrorText()
  const { file, error, previous, next, show } = previewed
  if (file === undefined) {
    if (error === null) {
      return (
        <Center h="100%" w="100%">
          <Loader size="sm" type="dots" />
        </Center>
      )
    }
    return (
      <ErrorState title={t('preview.missing')} text={isLost(error) ? t('preview.missingText') : errorText(error)} />
    )
  }
  return (
    <>
      <Side label={t('preview.previous')} to={previous} onShow={show}>
        <ChevronLeft size={24} aria-hidden="true" />
      </Side>
      <div className={styles['file']}>
        <FileContent key={file.id} file={file} />
      </div>
      <Side label={t('preview.next')} to={next} onShow={show}>
        <ChevronRight size={24} aria-hidden="true" />
      </Side>
    </>
  )
}

interface SideProps {
  label: string
  to: FileRecord | undefined
  onShow: (file: FileRecord) => void
  children: ReactNode
}

/** Stays where it is when there is nothing more on its side: it may have the focus. */
function Side({ label, to, onShow, children }: SideProps) {
  return (
    <div className={styles['side']}>
      <IconButton label={label} isOff={to === undefined} onClick={() => to && onShow(to)}>
        {children}
      </IconButton>
    </div>
  )
}

interface IconButtonProps {
  label: string
  isOff?: boolean
  onClick: () => void
  children: ReactNode
}

function IconButton({ label, isOff = false, onClick, children }: IconButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      className={isOff ? (styles['off'] ?? '') : ''}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  )
}
