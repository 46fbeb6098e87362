import { type AttendancePolicy, type CourseRecord, LIMITS } from '@lectern/protocol'
import { Alert, Skeleton, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAttendanceChanges, useAttendancePolicy } from '../../../lectern/class-queries.ts'
import { mayManage } from '../../../lectern/course-roles.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import styles from './policy-dialog.module.css'
import { type PolicyValues, policyOf, policyProblems } from './policy-values.ts'

interface PolicyDialogProps {
  course: CourseRecord
  opened: boolean
  onClose: () => void
}

/** From when on the course calls somebody late, partly present or absent. */
export function PolicyDialog({ course, opened, onClose }: PolicyDialogProps) {
  const { t } = useTranslation('classes')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('policy.title')}>
      <Policy course={course} onClose={onClose} />
    </Dialog>
  )
}

function Policy({ course, onClose }: Omit<PolicyDialogProps, 'opened'>) {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const { data: policy, error, refetch, isFetching } = useAttendancePolicy(course.id)
  if (policy !== undefined && mayManage(course.role)) {
    return <PolicyForm courseId={course.id} policy={policy} onClose={onClose} />
  }
  if (policy !== undefined) return <PolicyText policy={policy} />
  if (error === null) return <Skeleton height={240} radius="md" />
  const again = () => void refetch()
  return <ErrorState title={t('policy.failed')} text={errorText(error)} onRetry={again} isRetrying={isFetching} />
}

/** The rules in words, in the order in which they hold. */
export function PolicyText({ policy }: { policy: AttendancePolicy }) {
  const { t } = useTranslation('classes')
  const { absent_below_percent: absent, present_percent: present, late_after_min: late } = policy
  return (
    <ol className={styles['rules']}>
      <li>{absent === 0 ? t('policy.never') : t('policy.absentRule', { percent: absent })}</li>
      <li>{t('policy.partialRule', { percent: present })}</li>
      <li>{t('policy.lateRule', { count: late })}</li>
      <li>{t('policy.presentRule')}</li>
    </ol>
  )
}

interface PolicyFormProps {
  courseId: string
  policy: AttendancePolicy
  onClose: () => void
}

const FIELDS = ['late', 'present', 'absent'] as const

function PolicyForm({ courseId, policy, onClose }: PolicyFormProps) {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const { updatePolicy } = useAttendanceChanges()
  const [values, setValues] = useState<PolicyValues>(() => ({
    late: String(policy.late_after_min),
    present: String(policy.present_percent),
    absent: String(policy.absent_below_percent),
  }))
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<string>()
  const problems = policyProblems(values)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (Object.keys(problems).length > 0) return
    setUnderWay(true)
    try {
      await updatePolicy(courseId, policyOf(values))
      onClose()
      toastDone(t('policy.done'))
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setUnderWay(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {FIELDS.map((name, index) => (
        <TextInput
          key={name}
          mt={index === 0 ? 0 : 'md'}
          label={t(`policy.${name}`)}
          description={t(`policy.${name}Text`)}
          inputMode="numeric"
          autoComplete="off"
          className={styles['number'] ?? ''}
          rightSection={<span className={styles['unit']}>{name === 'late' ? t('policy.minutes') : '%'}</span>}
          rightSectionWidth={52}
          rightSectionPointerEvents="none"
          value={values[name]}
          error={problems[name] && t(`policy.problem.${problems[name]}`, { max: LIMITS.classMinutes })}
          onChange={({ currentTarget: { value } }) => setValues({ ...values, [name]: value })}
        />
      ))}
      <p className={styles['note']}>{t('policy.note')}</p>
      {failure !== undefined && (
        <Alert color="red" mt="md" role="alert">
          {failure}
        </Alert>
      )}
      <FormButtons submitLabel={t('policy.submit')} isUnderWay={isUnderWay} onCancel={onClose} />
    </form>
  )
}
