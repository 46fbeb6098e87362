import { useTranslation } from 'react-i18next'
import { useUploadErrorText } from '../../../lectern/upload-error-text.ts'
import { byteSize } from '../../../ui/byte-size.ts'
import { clsx } from '../../../ui/class-names.ts'
import { isHeldUp, type Stage } from './attachment-stage.ts'
import styles from './stage-line.module.css'

interface StageLineProps {
  name: string
  /** Bytes. */
  size: number
  stage: Stage
}

/** How large a file is, and how far it has come. */
export function StageLine({ name, size, stage }: StageLineProps) {
  const { i18n } = useTranslation('chat')
  const text = useStageText(name, stage)
  const hasProblem = isHeldUp(stage)
  return (
    <>
      <div className={styles['line']}>
        {!hasProblem && <span className={styles['size']}>{byteSize(size, i18n.language)}</span>}
        <span className={clsx(hasProblem && styles['problem'])} role={hasProblem ? 'alert' : undefined}>
          {text}
        </span>
      </div>
      {stage.kind === 'uploading' && <Bar part={stage.part} label={name} />}
    </>
  )
}

function useStageText(name: string, stage: Stage): string {
  const { t } = useTranslation('chat')
  const errorText = useUploadErrorText()
  if (stage.kind === 'failed') return errorText(stage.error, name)
  if (stage.kind === 'uploading') return t('attach.stage.uploading', { percent: Math.floor(stage.part * 100) })
  return t(`attach.stage.${stage.kind}`)
}

function Bar({ part, label }: { part: number; label: string }) {
  return (
    <div
      className={styles['bar']}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(part * 100)}
    >
      <div className={styles['done']} style={{ transform: `scaleX(${part})` }} />
    </div>
  )
}
