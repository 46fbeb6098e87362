import { attendanceUrl } from '@lectern/client'
import type { ClassSession, CourseRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { Download, Printer, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStaff } from '../../../lectern/course-roles.ts'
import { HeaderButton, headerButton } from '../../../ui/header-button.tsx'
import styles from './attendance-actions.module.css'
import { PolicyDialog } from './policy-dialog.tsx'

/** What there is to do beside the title. */
export function AttendanceActions({ course, session }: { course: CourseRecord; session: ClassSession }) {
  const { t } = useTranslation('classes')
  const [isAsking, setAsking] = useState(false)
  const staff = isStaff(course.role)
  return (
    <div className={styles['actions']}>
      <HeaderButton
        variant="subtle"
        icon={SlidersHorizontal}
        label={t('policy.open')}
        onClick={() => setAsking(true)}
      />
      {staff && (
        <>
          <span className={styles['print']}>
            <HeaderButton
              variant="subtle"
              icon={Printer}
              label={t('attendance.print')}
              onClick={() => window.print()}
            />
          </span>
          <Button
            component="a"
            href={attendanceUrl(session.id)}
            download
            {...headerButton({ variant: 'light', icon: Download, label: t('attendance.export') })}
          >
            {t('attendance.export')}
          </Button>
        </>
      )}
      <PolicyDialog course={course} opened={isAsking} onClose={() => setAsking(false)} />
    </div>
  )
}
