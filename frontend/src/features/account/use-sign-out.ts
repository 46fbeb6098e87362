import { useState } from 'react'
import { useLocation } from 'wouter'
import { useOutbox } from '../../lectern/client-hooks.ts'
import { useErrorText } from '../../lectern/error-text.ts'
import { useSession } from '../../lectern/session-context.ts'
import { toastFailed } from '../../ui/toast.tsx'

/** Signs out; while messages are not sent yet, asks first. `dialog` goes to a `SignOutDialog`. */
export function useSignOut() {
  const session = useSession()
  const errorText = useErrorText()
  const unsent = useOutbox().length
  const [opened, setOpened] = useState(false)
  const [, navigate] = useLocation()
  const leave = async (): Promise<string | undefined> => {
    try {
      await session.signOut()
    } catch (error) {
      return errorText(error)
    }
    // Whoever signs in next begins at the beginning.
    navigate('/', { replace: true })
    return undefined
  }
  const signOut = async (): Promise<void> => {
    if (unsent > 0) {
      setOpened(true)
      return
    }
    const failure = await leave()
    if (failure !== undefined) toastFailed(failure)
  }
  return { signOut, dialog: { opened, unsent, onClose: () => setOpened(false), onConfirm: leave } }
}
