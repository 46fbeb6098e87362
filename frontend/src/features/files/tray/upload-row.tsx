import type { Upload } from '@lectern/client'
import { categoryOf } from '@lectern/protocol'
import { ActionIcon, Button, Progress } from '@mantine/core'
import { Pause, Play, RotateCw, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { FileIcon } from '../../../lectern/file-icon.tsx'
import { ownPath } from '../../../lectern/own-path.ts'
import type { RefusedFile } from '../../../lectern/refused-files.ts'
import { useRefusalText } from '../../../lectern/upload-error-text.ts'
import { ACCEPTED } from '../../../lectern/upload-refusal.ts'
import { clsx } from '../../../ui/class-names.ts'
import { fileAddress } from '../folder/file-address.ts'
import { sentOf } from './tray-summary.ts'
import styles from './upload-row.module.css'
import { useStageText } from './use-stage-text.ts'

/** A file on its way, and what can be done about it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { name, size, state } = upload
  const stageText = useStageText()
  const isPartly = ['uploading', 'paused', 'interrupted', 'needs_file'].includes(state.kind)
  return (
    <li className={styles['row']}>
      <FileIcon category={categoryOf(name)} size={36} />
      <div className={styles['words']}>
        <Name upload={upload} />
        <span className={clsx(styles['stage'], state.kind === 'failed' && styles['failed'])}>{stageText(upload)}</span>
        {isPartly && (
          <Progress
            className={styles['bar'] ?? ''}
            size={4}
            aria-label={name}
            value={size === 0 ? 0 : (sentOf(upload) / size) * 100}
            color={state.kind === 'uploading' ? 'indigo.6' : 'gray.6'}
          />
        )}
        {state.kind === 'needs_file' && <ChooseAgain upload={upload} />}
      </div>
      <Actions upload={upload} />
    </li>
  )
}

function Name({ upload: { name, state } }: { upload: Upload }) {
  const { t } = useTranslation('files')
  if (state.kind !== 'done') return <bdi className={styles['name']}>{name}</bdi>
  const { file } = state
  const label = t('tray.open', { name: file.filename })
  if (file.course_id === null) {
    return (
      <a className={styles['name']} href={ownPath(file.url)} target="_blank" rel="noreferrer" aria-label={label}>
        <bdi>{file.filename}</bdi>
      </a>
    )
  }
  return (
    <Link className={styles['name']} href={fileAddress(file.course_id, file)} aria-label={label}>
      <bdi>{file.filename}</bdi>
    </Link>
  )
}

/** The browser could not keep it through a reload. */
function ChooseAgain({ upload }: { upload: Upload }) {
  const { t } = useTranslation('files')
  const input = useRef<HTMLInputElement>(null)
  const [isWrong, setWrong] = useState(false)
  const choose = (file: File | undefined) => {
    if (file !== undefined) setWrong(!upload.resumeWith(file))
  }
  return (
    <div className={styles['again']}>
      <Button size="compact-xs" variant="light" onClick={() => input.current?.click()}>
        {t('tray.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        aria-label={t('tray.choose')}
        onChange={({ currentTarget }) => {
          choose(currentTarget.files?.[0])
          currentTarget.value = ''
        }}
      />
      {isWrong && (
        <span className={styles['failed']} role="alert">
          {t('tray.wrongFile', { name: upload.name })}
        </span>
      )}
    </div>
  )
}

function Actions({ upload }: { upload: Upload }) {
  const { t } = useTranslation('files')
  const { name, state } = upload
  switch (state.kind) {
    case 'waiting':
    case 'uploading':
      return (
        <Buttons onEnd={() => upload.cancel()} endLabel={t('tray.cancel', { name })}>
          <Action label={t('tray.pause', { name })} icon={<Pause size={16} />} onClick={() => upload.pause()} />
        </Buttons>
      )
    case 'paused':
      return (
        <Buttons onEnd={() => upload.cancel()} endLabel={t('tray.cancel', { name })}>
          <Action label={t('tray.resume', { name })} icon={<Play size={16} />} onClick={() => upload.resume()} />
        </Buttons>
      )
    case 'interrupted':
      return (
        <Buttons onEnd={() => upload.cancel()} endLabel={t('tray.cancel', { name })}>
          <Action label={t('tray.tryNow', { name })} icon={<RotateCw size={16} />} onClick={() => upload.resume()} />
        </Buttons>
      )
    case 'needs_file':
      return <Buttons onEnd={() => upload.cancel()} endLabel={t('tray.cancel', { name })} />
    case 'failed':
      return (
        <Buttons onEnd={() => upload.dismiss()} endLabel={t('tray.dismiss', { name })}>
          {state.retryable && (
            <Action label={t('tray.retry', { name })} icon={<RotateCw size={16} />} onClick={() => upload.retry()} />
          )}
        </Buttons>
      )
    case 'done':
      return <Buttons onEnd={() => upload.dismiss()} endLabel={t('tray.dismiss', { name })} />
    case 'elsewhere':
    case 'cancelled':
      return null
  }
}

function Buttons({ endLabel, onEnd, children }: { endLabel: string; onEnd: () => void; children?: ReactNode }) {
  return (
    <span className={styles['actions']}>
      {children}
      <Action label={endLabel} icon={<X size={16} />} onClick={onEnd} />
    </span>
  )
}

function Action({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  )
}

/** A file that is not sent. */
export function RefusedRow({ file, onDismiss }: { file: RefusedFile; onDismiss: () => void }) {
  const { t } = useTranslation('files')
  const refusalText = useRefusalText()
  const { name, refusal } = file
  return (
    <li className={styles['row']}>
      <FileIcon category={categoryOf(name)} size={36} />
      <div className={styles['words']}>
        <bdi className={styles['name']}>{name}</bdi>
        <span className={clsx(styles['stage'], styles['failed'])}>{refusalText(refusal)}</span>
      </div>
      <Buttons onEnd={onDismiss} endLabel={t('tray.dismiss', { name })} />
    </li>
  )
}
