import type { ClassSession } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { useSessionChanges } from '../../../lectern/class-queries.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { PlanForm } from './plan-form.tsx'
import { changesOf, newPlan, planOf } from './plan-values.ts'

interface DialogProps {
  opened: boolean
  onClose: () => void
}

export function PlanDialog({ courseId, opened, onClose }: DialogProps & { courseId: string }) {
  const { t } = useTranslation('classes')
  const { create } = useSessionChanges()
  return (
    <Dialog opened={opened} onClose={onClose} title={t('plan.title')}>
      <PlanForm
        initial={newPlan(Date.now())}
        submitLabel={t('plan.submit')}
        onCancel={onClose}
        onSubmit={async (fields) => {
          await create(courseId, fields)
          onClose()
          toastDone(t('plan.done', { title: fields.title }))
        }}
      />
    </Dialog>
  )
}

export function EditDialog({ session, opened, onClose }: DialogProps & { session: ClassSession }) {
  const { t } = useTranslation(['classes', 'common'])
  const { update } = useSessionChanges()
  return (
    <Dialog opened={opened} onClose={onClose} title={t('plan.editTitle')}>
      <PlanForm
        initial={planOf(session)}
        isEdit
        submitLabel={t('common:save')}
        onCancel={onClose}
        onSubmit={async (fields) => {
          const changes = changesOf(session, fields)
          if (Object.keys(changes).length > 0) await update(session.id, changes)
          onClose()
        }}
      />
    </Dialog>
  )
}
