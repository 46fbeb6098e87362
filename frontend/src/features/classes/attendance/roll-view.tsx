import type { AttendanceRecord, AttendanceStatus, ClassSession } from '@lectern/protocol'
import { CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Search, UserSearch } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAttendancePolicy } from '../../../lectern/class-queries.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import { chosen, countByStatus, SORTS, type Sort, sorted, studentsOf } from './roll.ts'
import { RollCards } from './roll-cards.tsx'
import type { RollProps } from './roll-row.types.ts'
import { RollTable } from './roll-table.tsx'
import styles from './roll-view.module.css'
import { Summary } from './summary.tsx'
import { windowOf } from './timeline.ts'

const isSort = (value: string): value is Sort => SORTS.some((sort) => sort === value)

interface RollViewProps {
  session: ClassSession
  records: readonly AttendanceRecord[]
  /** When they were read, in epoch milliseconds. */
  now: number
}

/** Everybody of the course, the absent included. */
export function Roll({ session, records, now }: RollViewProps) {
  const { t, i18n } = useTranslation('classes')
  const [query, setQuery] = useState('')
  const [sort, setSort] = useState<Sort>('name')
  const [status, setStatus] = useState<AttendanceStatus>()
  const [opened, setOpened] = useState<string>()
  const students = useMemo(() => studentsOf(records), [records])
  const staff = records.filter(({ role }) => role !== 'student')
  const shown = useMemo(
    () => sorted(chosen(students, query, status), sort, i18n.language),
    [students, query, status, sort, i18n.language],
  )
  const whole = windowOf(session, records, now)
  const lateFrom = useLateFrom(session)
  const draw = { whole, now, lateFrom, onOpen: setOpened }
  return (
    <>
      <Summary counts={countByStatus(students)} chosen={status} onChoose={setStatus} />
      <Toolbar query={query} sort={sort} onQuery={setQuery} onSort={setSort} />
      {shown.length > 0 && <People {...draw} label={t('attendance.students')} records={shown} />}
      {shown.length === 0 && <Nobody isEmpty={students.length === 0} />}
      {staff.length > 0 && (
        <section className={styles['staff']} aria-labelledby="attendance-staff">
          <h2 id="attendance-staff" className={styles['heading']}>
            {t('attendance.staff')}
          </h2>
          <People {...draw} lateFrom={undefined} label={t('attendance.staff')} records={staff} />
        </section>
      )}
      <CorrectDialog
        session={session}
        record={records.find(({ user_id }) => user_id === opened)}
        correctedBy={nameOf(records, opened)}
        onClose={() => setOpened(undefined)}
      />
    </>
  )
}

/** Of who corrected the attendance of somebody. */
function nameOf(records: readonly AttendanceRecord[], userId: string | undefined): string | undefined {
  const record = records.find(({ user_id }) => user_id === userId)
  return records.find(({ user_id }) => user_id === record?.corrected_by)?.user_name
}

function useLateFrom({ course_id, started_at }: ClassSession): number | undefined {
  const { data: policy } = useAttendancePolicy(course_id)
  if (policy === undefined || started_at === null) return undefined
  return Date.parse(started_at) + policy.late_after_min * 60_000
}

function People(props: RollProps) {
  const isWide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })
  return isWide ? <RollTable {...props} /> : <RollCards {...props} />
}

function Nobody({ isEmpty }: { isEmpty: boolean }) {
  const { t } = useTranslation('classes')
  if (isEmpty) {
    return (
      <EmptyState
        icon={<UserSearch size={26} />}
        title={t('attendance.noStudents.title')}
        text={t('attendance.noStudents.text')}
      />
    )
  }
  return <EmptyState icon={<UserSearch size={26} />} title={t('attendance.notFound')} />
}

interface ToolbarProps {
  query: string
  sort: Sort
  onQuery: (query: string) => void
  onSort: (sort: Sort) => void
}

function Toolbar({ query, sort, onQuery, onSort }: ToolbarProps) {
  const { t } = useTranslation('classes')
  return (
    <div className={styles['toolbar']}>
      <TextInput
        type="search"
        className={styles['search'] ?? ''}
        aria-label={t('attendance.search')}
        placeholder={t('attendance.search')}
        leftSection={<Search size={16} aria-hidden="true" />}
        rightSection={query !== '' && <CloseButton aria-label={t('attendance.clear')} onClick={() => onQuery('')} />}
        value={query}
        onChange={({ currentTarget }) => onQuery(currentTarget.value)}
      />
      <NativeSelect
        className={styles['sort'] ?? ''}
        aria-label={t('attendance.sort')}
        value={sort}
        data={SORTS.map((name) => ({ value: name, label: t(`attendance.by.${name}`) }))}
        onChange={({ currentTarget: { value } }) => isSort(value) && onSort(value)}
      />
    </div>
  )
}
