import type { DeletedFile, MessageFile as File, FileRecord } from '@lectern/protocol'
import { Download, FileX2 } from 'lucide-react'
import { useState } from 'react'
import { FileIcon } from '../../../lectern/file-icon.tsx'
import { ownPath, thumbnailPath } from '../../../lectern/own-path.ts'
import { byteSize } from '../../../ui/byte-size.ts'
import { clsx } from '../../../ui/class-names.ts'
import { FileName } from '../attachments/file-name.tsx'
import styles from './message-file.module.css'
import type { RowLook } from './row-look.ts'

export interface MessageFileProps<Shown> {
  file: Shown
  look: Pick<RowLook, 't' | 'language'>
  /** Opens a picture before the page; undefined where there is nothing to go on from. */
  onOpen?: (() => void) | undefined
}

/** What a message bears. Its height is known before anything of it is loaded. */
export function MessageFile({ file, look, onOpen }: MessageFileProps<File>) {
  if ('deleted' in file) return <Gone file={file} look={look} />
  if (file.thumbnail_url !== null) return <Picture file={file} look={look} onOpen={onOpen} />
  return <Card file={file} look={look} />
}

function Picture({ file, look, onOpen }: MessageFileProps<FileRecord>) {
  const [hasFailed, setFailed] = useState(false)
  if (hasFailed) return <Card file={file} look={look} />
  return (
    <a
      className={styles['image']}
      href={ownPath(file.view_url)}
      target="_blank"
      rel="noopener"
      title={file.original_name}
      aria-label={look.t('file.openPicture', { name: file.original_name })}
      onClick={(event) => {
        if (onOpen === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onOpen()
      }}
    >
      <img
        src={thumbnailPath(file, 640)}
        alt={file.original_name}
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setFailed(true)}
      />
    </a>
  )
}

/** What shows in a browser opens in a tab of its own; all else is downloaded. */
function Card({ file, look: { t, language } }: MessageFileProps<FileRecord>) {
  const isShown = file.url === file.view_url
  const download = t('file.download', { name: file.original_name })
  return (
    <>
      <div className={styles['card']}>
        <FileIcon category={file.category} size={44} />
        <div className={styles['about']}>
          <a
            className={styles['name']}
            href={ownPath(file.url)}
            {...(isShown ? { target: '_blank', rel: 'noopener' } : { download: '' })}
          >
            <FileName name={file.original_name} />
          </a>
          <div className={styles['facts']}>
            {t('file.facts', { kind: t(`file.kinds.${file.category}`), size: byteSize(file.size, language) })}
          </div>
        </div>
        <a
          className={styles['download']}
          href={ownPath(file.download_url)}
          download=""
          aria-label={download}
          title={download}
        >
          <Download size={18} aria-hidden="true" />
        </a>
      </div>
      {file.category === 'audio' && (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written any
        <audio
          className={styles['audio']}
          src={ownPath(file.view_url)}
          controls
          preload="none"
          aria-label={file.original_name}
        />
      )}
    </>
  )
}

function Gone({ file, look: { t } }: MessageFileProps<DeletedFile>) {
  return (
    <div className={clsx(styles['card'], styles['deleted'])}>
      <FileX2 size={24} aria-hidden="true" />
      <div className={styles['about']}>
        <span className={styles['name']}>
          <FileName name={file.original_name} />
        </span>
        <div className={styles['facts']}>{t('file.deleted')}</div>
      </div>
    </div>
  )
}
