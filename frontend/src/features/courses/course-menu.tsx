import type { CourseRecord } from '@lectern/protocol'
import { ActionIcon } from '@mantine/core'
import { EllipsisVertical } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dialogOnDemand } from '../../ui/dialog-on-demand.tsx'
import { popupOnDemand } from '../../ui/popup-on-demand.tsx'
import type { CourseChange } from './course-menu-dialogs.tsx'

const CourseMenuList = popupOnDemand('menu', async () => (await import('./course-menu-list.tsx')).CourseMenuList)
const CourseMenuDialogs = dialogOnDemand(async () => (await import('./course-menu-dialogs.tsx')).CourseMenuDialogs)

/** What may be done with a course. @param withMembers whether it leads to the members page */
export function CourseMenu({ course, withMembers = true }: { course: CourseRecord; withMembers?: boolean }) {
  const { t } = useTranslation('courses')
  const [isOpen, setOpen] = useState(false)
  const [change, setChange] = useState<CourseChange>()
  return (
    <>
      <CourseMenuList
        course={course}
        withMembers={withMembers}
        opened={isOpen}
        onOpen={() => setOpen(true)}
        onClose={() => setOpen(false)}
        onChange={setChange}
      >
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('menu', { title: course.title })}>
          <EllipsisVertical size={18} aria-hidden="true" />
        </ActionIcon>
      </CourseMenuList>
      <CourseMenuDialogs
        course={course}
        opened={change !== undefined}
        which={change}
        onClose={() => setChange(undefined)}
      />
    </>
  )
}
