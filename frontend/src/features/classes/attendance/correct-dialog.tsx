import { LecternError } from '@lectern/client'
import { type AttendanceRecord, type AttendanceStatus, type ClassSession, LIMITS } from '@lectern/protocol'
import { Alert, Button, Group, Radio, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAttendanceChanges } from '../../../lectern/class-queries.ts'
import { useErrorText } from '../../../lectern/error-text.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import styles from './correct-dialog.module.css'
import { isCorrected, STATUSES } from './roll.ts'
import { useFacts } from './use-facts.ts'
import { useIntervalTexts } from './use-interval-texts.ts'

interface CorrectDialogProps {
  session: ClassSession
  /** Whose; closed while undefined. */
  record: AttendanceRecord | undefined
  /** Who corrected it before. */
  correctedBy: string | undefined
  onClose: () => void
}

/** What was measured of somebody, and what staff say instead. */
export function CorrectDialog({ session, record, correctedBy, onClose }: CorrectDialogProps) {
  return (
    <Dialog opened={record !== undefined} onClose={onClose} title={record?.user_name ?? ''}>
      {record !== undefined && (
        <>
          <MeasuredFacts record={record} correctedBy={correctedBy} />
          <CorrectForm sessionId={session.id} record={record} onClose={onClose} />
        </>
      )}
    </Dialog>
  )
}

function MeasuredFacts({ record, correctedBy }: { record: AttendanceRecord; correctedBy: string | undefined }) {
  const { t } = useTranslation('classes')
  const facts = useFacts(record)
  const times = useIntervalTexts(record.intervals)
  return (
    <div className={styles['measured']}>
      <p>
        <strong>{t('correction.measured', { status: t(`status.${record.measured_status}`) })}</strong>
      </p>
      {facts.length > 0 && <p>{facts.join(' · ')}</p>}
      <p>{times.length === 0 ? t('timeline.never') : t('timeline.present', { times: times.join(', ') })}</p>
      {isCorrected(record) && (
        <p>{correctedBy === undefined ? t('correction.byStaff') : t('correction.by', { name: correctedBy })}</p>
      )}
    </div>
  )
}

interface CorrectFormProps {
  sessionId: string
  record: AttendanceRecord
  onClose: () => void
}

function CorrectForm({ sessionId, record, onClose }: CorrectFormProps) {
  const { t } = useTranslation(['classes', 'common'])
  const [status, setStatus] = useState(record.status)
  const [note, setNote] = useState(record.note ?? '')
  const { save, underWay, failure } = useSave(sessionId, record, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save(status, note)
  }
  return (
    <form onSubmit={submit}>
      <Radio.Group
        label={t('correction.status')}
        value={status}
        onChange={(value) => setStatus(STATUSES.find((one) => one === value) ?? status)}
      >
        <div className={styles['choices']}>
          {STATUSES.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`status.${one}`)}
              {...(one === status ? { 'data-autofocus': true } : {})}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        mt="md"
        label={t('correction.note')}
        description={t('correction.noteHint')}
        maxLength={LIMITS.attendanceNote}
        autosize
        minRows={2}
        maxRows={6}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      {failure !== undefined && (
        <Alert color="red" mt="md" role="alert">
          {failure}
        </Alert>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        {isCorrected(record) && (
          <Button variant="subtle" mr="auto" px="xs" loading={underWay === 'back'} onClick={() => void save(null, '')}>
            {t('correction.takeBack')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={underWay === 'save'}>
          {t('common:save')}
        </Button>
      </Group>
    </form>
  )
}

function useSave(sessionId: string, { user_id, user_name }: AttendanceRecord, onClose: () => void) {
  const { t } = useTranslation('classes')
  const errorText = useErrorText()
  const { correct } = useAttendanceChanges()
  const [underWay, setUnderWay] = useState<'save' | 'back'>()
  const [failure, setFailure] = useState<string>()
  const save = async (status: AttendanceStatus | null, note: string) => {
    setUnderWay(status === null ? 'back' : 'save')
    try {
      await correct(sessionId, user_id, status, note.trim() === '' ? null : note.trim())
      toastDone(t(status === null ? 'correction.takenBack' : 'correction.done', { name: user_name }))
      onClose()
    } catch (error) {
      const isGone = error instanceof LecternError && error.code === 'NOT_FOUND'
      setFailure(isGone ? t('correction.gone') : errorText(error))
    } finally {
      setUnderWay(undefined)
    }
  }
  return { save, underWay, failure }
}
