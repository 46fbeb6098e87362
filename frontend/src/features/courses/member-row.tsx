import { LecternError } from '@lectern/client'
import type { CourseRecord, CourseRole, MemberRecord } from '@lectern/protocol'
import { ActionIcon, Menu } from '@mantine/core'
import { Check, EllipsisVertical, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lectern/client-context.tsx'
import { isStaff, mayManage } from '../../lectern/course-roles.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { shortDate } from '../../ui/time.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { mayEnrol } from './course-roles.ts'
import styles from './member-row.module.css'
import { RemoveMemberDialog } from './remove-member-dialog.tsx'
import { RoleTag } from './role-tag.tsx'
import { useMemberChanges } from './use-member-changes.ts'

interface MemberProps {
  course: CourseRecord
  member: MemberRecord
}

export function MemberRow({ course, member }: MemberProps) {
  const { t, i18n } = useTranslation('courses')
  const { user_id: id, name, role, joined_at: joinedAt } = member
  const isMe = useMe().id === id
  return (
    <li className={styles['row']}>
      <Avatar id={id} name={name} size={36} />
      <div className={styles['text']}>
        <span className={styles['name']}>
          <bdi>{name}</bdi>
          {isMe && <span className={styles['me']}> {t('members.me')}</span>}
        </span>
        <span className={styles['detail']}>{t('members.since', { date: shortDate(joinedAt, i18n.language) })}</span>
      </div>
      <RoleTag role={role} />
      {isStaff(course.role) && (
        <div className={styles['menu']}>
          {!isMe && mayEnrol(course.role, role) && <MemberMenu course={course} member={member} />}
        </div>
      )}
    </li>
  )
}

const ROLES: readonly CourseRole[] = ['teacher', 'assistant', 'student']

function MemberMenu({ course, member }: MemberProps) {
  const { t } = useTranslation(['courses', 'common'])
  const [isRemoving, setRemoving] = useState(false)
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('members.menu', { name: member.name })}>
            <EllipsisVertical size={18} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayManage(course.role) && <RoleItems course={course} member={member} />}
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<UserMinus size={16} aria-hidden="true" />}
            onClick={() => setRemoving(true)}
          >
            {t('remove.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RemoveMemberDialog course={course} member={member} opened={isRemoving} onClose={() => setRemoving(false)} />
    </>
  )
}

function RoleItems({ course, member }: MemberProps) {
  const { t } = useTranslation(['courses', 'common'])
  const errorText = useErrorText()
  const { changeRole } = useMemberChanges(course.id)
  const choose = async (role: CourseRole) => {
    try {
      await changeRole(member.user_id, role)
      toastDone(t('role.changed', { name: member.name, role: t(`common:roles.${role}`) }))
    } catch (error) {
      const isLast = error instanceof LecternError && error.code === 'CONFLICT'
      toastFailed(isLast ? t('role.lastTeacher') : errorText(error))
    }
  }
  return (
    <>
      <Menu.Label>{t('role.label')}</Menu.Label>
      <Menu.RadioGroup value={member.role}>
        {ROLES.map((role) => (
          <Menu.RadioItem
            key={role}
            value={role}
            closeMenuOnClick
            checkIcon={<Check size={16} aria-hidden="true" />}
            onChange={() => void choose(role)}
          >
            {t(`common:roles.${role}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  )
}
