import type { CourseRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Avatar } from '../../ui/avatar.tsx'
import { CourseBadges } from './course-badges.tsx'
import { CourseMenu } from './course-menu.tsx'
import styles from './course-row.module.css'
import { RoleTag } from './role-tag.tsx'

/** @param isLast whether it is the one last looked at */
export function CourseRow({ course, isLast }: { course: CourseRecord; isLast: boolean }) {
  const { t } = useTranslation('courses')
  const { id, title, role, member_count: count } = course
  return (
    <li className={styles['row']}>
      <Avatar id={id} name={title} size={44} square />
      <div className={styles['text']}>
        <Link href={`/courses/${id}`} className={styles['title']}>
          {title}
        </Link>
        <span className={styles['detail']}>
          <RoleTag role={role} />
          <span className={styles['fact']}>{t('memberCount', { count })}</span>
          {isLast && <span className={styles['fact']}>{t('lastVisited')}</span>}
        </span>
      </div>
      <CourseBadges courseId={id} />
      <CourseMenu course={course} />
    </li>
  )
}
