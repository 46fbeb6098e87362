import type { ClassSession, CourseRecord } from '@lectern/protocol'
import { ActionIcon, Menu } from '@mantine/core'
import { ClipboardList, EllipsisVertical, Pencil, PhoneOff, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useSessionChanges } from '../../../lectern/class-queries.ts'
import { isStaff } from '../../../lectern/course-roles.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { attendanceAt } from '../addresses.ts'
import { EditDialog } from '../plan/plan-dialog.tsx'
import { DeleteDialog, EndDialog } from './session-dialogs.tsx'

interface SessionMenuProps {
  course: CourseRecord
  session: ClassSession
}

/** What staff may do with a class; nothing for others. */
export function SessionMenu({ course, session }: SessionMenuProps) {
  return isStaff(course.role) ? <StaffMenu session={session} /> : null
}

function StaffMenu({ session }: { session: ClassSession }) {
  const { t } = useTranslation('classes')
  const [asked, setAsked] = useState<'edit' | 'end' | 'delete'>()
  const reopen = useReopen(session)
  const close = () => setAsked(undefined)
  const { status, started_at, title } = session
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('menu.label', { title })}>
            <EllipsisVertical size={18} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {started_at !== null && (
            <Menu.Item
              component={Link}
              href={attendanceAt(session)}
              leftSection={<ClipboardList size={16} aria-hidden="true" />}
            >
              {t('menu.attendance')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Pencil size={16} aria-hidden="true" />} onClick={() => setAsked('edit')}>
            {t('menu.edit')}
          </Menu.Item>
          {status === 'ended' && (
            <Menu.Item leftSection={<RotateCcw size={16} aria-hidden="true" />} onClick={() => void reopen()}>
              {t('menu.reopen')}
            </Menu.Item>
          )}
          {status === 'live' && (
            <Menu.Item leftSection={<PhoneOff size={16} aria-hidden="true" />} onClick={() => setAsked('end')}>
              {t('menu.end')}
            </Menu.Item>
          )}
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<Trash2 size={16} aria-hidden="true" />}
            onClick={() => setAsked('delete')}
          >
            {t('menu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EditDialog session={session} opened={asked === 'edit'} onClose={close} />
      <EndDialog session={session} opened={asked === 'end'} onClose={close} />
      <DeleteDialog session={session} opened={asked === 'delete'} onClose={close} />
    </>
  )
}

function useReopen({ id, title }: ClassSession): () => Promise<void> {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const { reopen } = useSessionChanges()
  return async () => {
    try {
      await reopen(id)
      toastDone(t('menu.reopened', { title }))
    } catch (error) {
      toastFailed(errorText(error))
    }
  }
}
