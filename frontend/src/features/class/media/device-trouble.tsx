import type { DeviceProblem } from '@lectern/client/classes'
import { Button } from '@mantine/core'
import { CircleAlert, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './device-trouble.module.css'

interface DeviceTroubleProps {
  device: 'microphone' | 'camera'
  problem: DeviceProblem
  onRetry: () => void
}

/** What is the matter with a device, how that is mended, and that one may come without it. */
export function DeviceTrouble({ device, problem, onRetry }: DeviceTroubleProps) {
  const { t } = useTranslation(['class', 'common'])
  return (
    <div className={styles['trouble']} role="alert">
      <CircleAlert size={18} aria-hidden="true" className={styles['icon']} />
      <div>
        <strong>{t(`trouble.${device}.${problem}`)}</strong>
        <p className={styles['text']}>{t(`trouble.remedy.${problem}`)}</p>
        <p className={styles['text']}>{t(`trouble.without.${device}`)}</p>
        {problem !== 'unsupported' && (
          <Button
            size="compact-sm"
            variant="default"
            mt={8}
            leftSection={<RotateCw size={14} aria-hidden="true" />}
            onClick={onRetry}
          >
            {t('common:retry')}
          </Button>
        )}
      </div>
    </div>
  )
}
