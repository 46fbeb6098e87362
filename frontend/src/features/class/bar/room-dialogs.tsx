import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSessionChanges } from '../../../lectern/class-queries.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { KeyList } from '../../../ui/key-list.tsx'
import { useInClass } from '../class-context.tsx'
import { DeviceChoice } from '../media/device-choice.tsx'

export type Question = 'settings' | 'keys' | 'end'

/** @param asked drawn while it closes, too */
export function RoomDialogs({ asked, onClose }: { asked: Question | undefined; onClose: () => void }) {
  const { t } = useTranslation('class')
  const [shown, setShown] = useState<Question>()
  if (asked !== undefined && asked !== shown) setShown(asked)
  return (
    <>
      <Dialog opened={asked === 'settings'} onClose={onClose} title={t('devices.title')}>
        {shown === 'settings' && <DeviceChoice />}
      </Dialog>
      <Dialog opened={asked === 'keys'} onClose={onClose} title={t('keys.title')}>
        {shown === 'keys' && <Keys />}
      </Dialog>
      <EndDialog opened={asked === 'end'} onClose={onClose} />
    </>
  )
}

/** Names of keys are what stands on the keyboard. */
const KEYS = [
  { what: 'mute', keys: ['M'] },
  { what: 'camera', keys: ['V'] },
  { what: 'hand', keys: ['H'] },
  { what: 'close', keys: ['Esc'] },
] as const

function Keys() {
  const { t } = useTranslation('class')
  return (
    <KeyList
      items={[
        { what: t('keys.talk'), keys: [t('keys.space')] },
        ...KEYS.map(({ what, keys }) => ({ what: t(`keys.${what}`), keys })),
      ]}
    />
  )
}

function EndDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('class')
  const sessionId = useInClass(({ session }) => session.id)
  const { end } = useSessionChanges()
  const errorText = useErrorText()
  const confirm = async () => {
    try {
      await end(sessionId)
      return undefined
    } catch (error) {
      return errorText(error)
    }
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('end.title')}
      confirmLabel={t('end.confirm')}
      danger
      onConfirm={confirm}
    >
      {t('end.text')}
    </ConfirmDialog>
  )
}
