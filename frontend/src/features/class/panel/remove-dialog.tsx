import type { Participant } from '@lectern/protocol'
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefreshBans } from '../../../lectern/class-bans.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useClassroom } from '../class-context.tsx'

interface RemoveDialogProps {
  person: Participant
  opened: boolean
  onClose: () => void
}

/** Puts somebody out, and with a tick keeps them out. */
export function RemoveDialog({ person, opened, onClose }: RemoveDialogProps) {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const errorText = useErrorText()
  const refreshBans = useRefreshBans(classroom.sessionId)
  const [bans, setBans] = useState(false)
  const close = () => {
    setBans(false)
    onClose()
  }
  const confirm = async () => {
    try {
      await classroom.remove(person.userId, { ban: bans })
      if (bans) void refreshBans()
      return undefined
    } catch (error) {
      return errorText(error)
    }
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      title={t('remove.title', { name: person.displayName })}
      confirmLabel={t('remove.confirm')}
      danger
      onConfirm={confirm}
    >
      <p style={{ marginTop: 0 }}>{t('remove.text')}</p>
      <Checkbox
        label={t('remove.ban')}
        checked={bans}
        onChange={({ currentTarget }) => setBans(currentTarget.checked)}
      />
    </ConfirmDialog>
  )
}
