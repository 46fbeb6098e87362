import { LecternError } from '@lectern/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useErrorText } from '../../lectern/error-text.ts'
import { invalidFields } from '../../lectern/invalid-fields.ts'
import { AGREED } from '../../lectern/join-agreement.ts'
import { useSession } from '../../lectern/session-context.ts'
import { type Failure, waitUntil } from './failure.tsx'

export interface Registration {
  readonly name: string
  readonly email: string
  readonly password: string
  /** Empty where there is none. */
  readonly code: string
}

export type RegistrationField = keyof Registration

const FIELDS: readonly (readonly [string, RegistrationField])[] = [
  ['name', 'name'],
  ['email', 'email'],
  ['password', 'password'],
  ['join_code', 'code'],
]

const isRefused = (error: unknown, reason: string): boolean =>
  error instanceof LecternError && error.code === 'FORBIDDEN' && error.details['reason'] === reason

function fieldsOf(error: unknown): RegistrationField[] {
  if (isRefused(error, 'join_code_unknown')) return ['code']
  const invalid = invalidFields(error)
  return FIELDS.flatMap(([sent, field]) => (invalid.has(sent) ? [field] : []))
}

export function useRegister() {
  const session = useSession()
  const textOf = useFailureText()
  const [, navigate] = useLocation()
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  /** @returns the fields that the server did not accept */
  const register = async ({ code, ...account }: Registration): Promise<readonly RegistrationField[]> => {
    setUnderWay(true)
    setFailure(undefined)
    try {
      await session.register({ ...account, ...(code === '' ? {} : { join_code: code }) })
      // Joining again changes nothing, and leads to the course.
      if (code !== '') navigate(`/join/${code}`, { replace: true, state: AGREED })
      return []
    } catch (error) {
      const fields = fieldsOf(error)
      if (fields.length === 0) setFailure({ text: textOf(error), waitUntil: waitUntil(error) })
      return fields
    } finally {
      setUnderWay(false)
    }
  }
  return { register, isUnderWay, failure }
}

function useFailureText(): (error: unknown) => string {
  const { t } = useTranslation('account')
  const errorText = useErrorText()
  return (error) => {
    if (isRefused(error, 'registration_closed')) return t('register.leads.closed')
    if (isRefused(error, 'join_code_needed')) return t('register.codeNeeded')
    if (!(error instanceof LecternError)) return errorText(error)
    if (error.code === 'CONFLICT') return t('register.taken')
    if (error.code === 'RATE_LIMITED') return t('tooMany')
    return errorText(error)
  }
}
