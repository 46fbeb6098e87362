import { Menu } from '@mantine/core'
import { DoorOpen, PhoneOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isStaff } from '../../../lectern/course-roles.ts'
import { useClassroom, useInClass } from '../class-context.tsx'
import { useRoomUi } from '../room-ui.ts'
import { BarButton } from './bar-button.tsx'

/** Out of the class; staff choose whether it goes on without them. */
export function LeaveButton() {
  const { t } = useTranslation('class')
  const classroom = useClassroom()
  const { ask } = useRoomUi()
  const ends = useInClass(({ you }) => isStaff(you.role))
  const leave = () => void classroom.leave()
  if (!ends) return <BarButton icon={PhoneOff} label={t('bar.leave')} look="danger" onClick={leave} />
  return (
    <Menu position="top-end" width={260}>
      <Menu.Target>
        <BarButton icon={PhoneOff} label={t('bar.leave')} look="danger" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<DoorOpen size={16} aria-hidden="true" />} onClick={leave}>
          {t('bar.leaveAlone')}
        </Menu.Item>
        <Menu.Item
          color="var(--mantine-color-error)"
          leftSection={<PhoneOff size={16} aria-hidden="true" />}
          onClick={() => ask('end')}
        >
          {t('end.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
