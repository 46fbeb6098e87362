import type { Upload } from '@lectern/client'
import { useTranslation } from 'react-i18next'
import type { Stage } from './attachment-stage.ts'
import { useAttachments } from './attachments-context.tsx'
import { ChooseAgain } from './choose-again.tsx'
import styles from './stage-actions.module.css'

interface StageActionsProps {
  id: string
  stage: Stage
  upload: Upload | undefined
  /** Left out where there is another way. */
  onDiscard?: () => void
}

/** What the person can do about an attachment that does not go on by itself. */
export function StageActions({ id, stage, upload, onDiscard }: StageActionsProps) {
  const { t } = useTranslation('chat')
  const attachments = useAttachments()
  const action = styles['action']
  return (
    <div className={styles['actions']}>
      {stage.kind === 'failed' && stage.canRetry && (
        <button type="button" className={action} onClick={() => attachments.retry(id)}>
          {t('attach.retry')}
        </button>
      )}
      {stage.kind === 'paused' && (
        <button type="button" className={action} onClick={() => upload?.resume()}>
          {t('attach.resume')}
        </button>
      )}
      {stage.kind === 'needs_file' && upload !== undefined && <ChooseAgain upload={upload} className={action} />}
      {onDiscard !== undefined && (
        <button type="button" className={action} onClick={onDiscard}>
          {t('attach.discard')}
        </button>
      )}
    </div>
  )
}
