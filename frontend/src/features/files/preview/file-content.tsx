import type { FileRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { Download, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileIcon } from '../../../lectern/file-icon.tsx'
import { ownPath } from '../../../lectern/own-path.ts'
import { byteSize } from '../../../ui/byte-size.ts'
import styles from './file-content.module.css'
import { canPlay, type PreviewKind, previewOf } from './preview-kind.ts'

/** The file itself, as far as browsers show it. */
export function FileContent({ file }: { file: FileRecord }) {
  const { t } = useTranslation('files')
  const [hasFailed, setFailed] = useState(false)
  const kind = previewOf(file.mime_type, { hasPdfViewer: navigator.pdfViewerEnabled, canPlay })
  if (kind === 'none') return <FileCard file={file} text={t('preview.none')} />
  if (hasFailed) return <FileCard file={file} text={t(FAILED[kind])} />
  return <Shown file={file} kind={kind} onError={() => setFailed(true)} />
}

type Shown = Exclude<PreviewKind, 'none'>

const FAILED = {
  image: 'preview.cannotShow',
  pdf: 'preview.cannotShow',
  video: 'preview.cannotPlay',
  audio: 'preview.cannotPlay',
} as const satisfies Record<Shown, string>

function Shown({ file, kind, onError }: { file: FileRecord; kind: Shown; onError: () => void }) {
  const source = ownPath(file.view_url)
  switch (kind) {
    case 'image':
      return <Picture file={file} onError={onError} />
    case 'pdf':
      return <iframe className={styles['document']} src={source} title={file.filename} />
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: what people upload comes without captions
        <video
          className={styles['video']}
          src={source}
          controls
          playsInline
          aria-label={file.filename}
          onError={onError}
        />
      )
    case 'audio':
      return (
        <div className={styles['audio']}>
          <FileIcon category="audio" size={96} />
          {/* biome-ignore lint/a11y/useMediaCaption: what people upload comes without captions */}
          <audio src={source} controls aria-label={file.filename} onError={onError} />
        </div>
      )
  }
}

/** As large as there is room for; in its own size when that is asked for. */
function Picture({ file, onError }: { file: FileRecord; onError: () => void }) {
  const { t } = useTranslation('files')
  const [isFull, setFull] = useState(false)
  const label = t(isFull ? 'preview.fit' : 'preview.fullSize')
  return (
    <div className={isFull ? styles['scroll'] : styles['fit']}>
      <button
        type="button"
        className={styles['picture']}
        aria-pressed={isFull}
        aria-label={`${file.filename}. ${label}`}
        title={label}
        onClick={() => setFull(!isFull)}
      >
        <img src={ownPath(file.view_url)} alt="" onError={onError} />
      </button>
    </div>
  )
}

function FileCard({ file, text }: { file: FileRecord; text: string }) {
  const { t, i18n } = useTranslation('files')
  const opensInTab = file.url === file.view_url
  return (
    <div className={styles['card']}>
      <FileIcon category={file.category} size={72} />
      <p className={styles['text']}>
        {text}
        <span className={styles['size']}>{byteSize(file.size, i18n.language)}</span>
      </p>
      <div className={styles['buttons']}>
        <Button
          component="a"
          href={ownPath(file.download_url)}
          download
          leftSection={<Download size={16} aria-hidden="true" />}
        >
          {t('file.download')}
        </Button>
        {opensInTab && (
          <Button
            component="a"
            href={ownPath(file.view_url)}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<ExternalLink size={16} aria-hidden="true" />}
          >
            {t('preview.newTab')}
          </Button>
        )}
      </div>
    </div>
  )
}
