import { Button } from '@mantine/core'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../lectern/error-text.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import styles from './join-code-card.module.css'
import { useCourseChanges } from './use-course-changes.ts'

/** For staff: what lets others in. */
export function JoinCodeCard({ courseId, code }: { courseId: string; code: string }) {
  const { t } = useTranslation('courses')
  const [isRenewing, setRenewing] = useState(false)
  return (
    <section className={styles['card']} aria-labelledby="join-code-heading">
      <div className={styles['text']}>
        <h2 id="join-code-heading">{t('code.title')}</h2>
        <p>{t('code.text')}</p>
      </div>
      <output className={styles['code']}>{code}</output>
      <div className={styles['actions']}>
        <CopyButton text={`${location.origin}/join/${code}`} label={t('code.copyLink')} variant="filled" />
        <CopyButton text={code} label={t('code.copy')} />
        <Button
          variant="subtle"
          color="gray"
          leftSection={<RotateCw size={16} aria-hidden="true" />}
          onClick={() => setRenewing(true)}
        >
          {t('code.renew')}
        </Button>
      </div>
      <RenewDialog courseId={courseId} opened={isRenewing} onClose={() => setRenewing(false)} />
    </section>
  )
}

function RenewDialog({ courseId, opened, onClose }: { courseId: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('courses')
  const errorText = useErrorText()
  const { renewCode } = useCourseChanges()
  const renew = async (): Promise<string | undefined> => {
    try {
      await renewCode(courseId)
      toastDone(t('code.renewed'))
      return undefined
    } catch (error) {
      return errorText(error)
    }
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      onConfirm={renew}
      title={t('code.renewTitle')}
      confirmLabel={t('code.renewConfirm')}
    >
      {t('code.renewText')}
    </ConfirmDialog>
  )
}
