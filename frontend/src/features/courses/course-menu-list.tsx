import type { CourseRecord } from '@lectern/protocol'
import { Menu } from '@mantine/core'
import { Archive, Folder, LogOut, Pencil, Users, Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { mayManage } from '../../lectern/course-roles.ts'
import type { PopupButton } from '../../ui/popup-on-demand.tsx'
import type { CourseChange } from './course-menu-dialogs.tsx'
import { isEnrolled } from './course-roles.ts'

interface CourseMenuListProps {
  course: CourseRecord
  /** Whether it leads to the members page. */
  withMembers: boolean
  opened: boolean
  onOpen: () => void
  onClose: () => void
  onChange: (which: CourseChange) => void
  children: PopupButton
}

/** What a course's button opens. */
export function CourseMenuList({ opened, onOpen, onClose, children, ...items }: CourseMenuListProps) {
  const { t } = useTranslation('courses')
  const { course, withMembers } = items
  return (
    <Menu opened={opened} onChange={(open) => (open ? onOpen() : onClose())} position="bottom-end" width={220}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {withMembers && (
          <Menu.Item
            component={Link}
            href={`/courses/${course.id}/members`}
            leftSection={<Users size={16} aria-hidden="true" />}
          >
            {t('members.title')}
          </Menu.Item>
        )}
        <Menu.Item
          component={Link}
          href={`/courses/${course.id}/classes`}
          leftSection={<Video size={16} aria-hidden="true" />}
        >
          {t('classes')}
        </Menu.Item>
        <Menu.Item
          component={Link}
          href={`/courses/${course.id}/files`}
          leftSection={<Folder size={16} aria-hidden="true" />}
        >
          {t('files')}
        </Menu.Item>
        <Changes course={course} onChange={items.onChange} />
      </Menu.Dropdown>
    </Menu>
  )
}

function Changes({ course, onChange }: Pick<CourseMenuListProps, 'course' | 'onChange'>) {
  const { t } = useTranslation('courses')
  const manages = mayManage(course.role)
  return (
    <>
      {manages && (
        <Menu.Item leftSection={<Pencil size={16} aria-hidden="true" />} onClick={() => onChange('rename')}>
          {t('rename.open')}
        </Menu.Item>
      )}
      {isEnrolled(course) && (
        <Menu.Item leftSection={<LogOut size={16} aria-hidden="true" />} onClick={() => onChange('leave')}>
          {t('leave.open')}
        </Menu.Item>
      )}
      {manages && (
        <Menu.Item
          color="var(--mantine-color-error)"
          leftSection={<Archive size={16} aria-hidden="true" />}
          onClick={() => onChange('archive')}
        >
          {t('archive.open')}
        </Menu.Item>
      )}
    </>
  )
}
