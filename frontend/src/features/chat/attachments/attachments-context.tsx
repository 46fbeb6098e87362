import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMe } from '../../../lectern/client-context.tsx'
import { useClaimedUploads } from '../../../lectern/uploads-context.tsx'
import { readStored } from '../../../ui/storage.ts'
import { toastFailed } from '../../../ui/toast.tsx'
import type { Attachments } from './attachments.ts'
import { keyOf } from './attachments-key.ts'

interface AttachmentsOnDemand {
  /** Undefined until something is attached, or was when the page was left. */
  readonly attachments: Attachments | undefined
  /** Fetches its script. Where that fails, the person is told. */
  readonly open: () => Promise<Attachments | undefined>
  readonly attaching: Attaching
  /** Follows what attaches files that were chosen. @param attach answers whether they are attached now */
  readonly followAttaching: (attach: () => Promise<boolean>) => void
}

/** What was chosen is under way to be attached: what shows it is fetched first. `failed`: the last was not attached. */
export type Attaching = 'idle' | 'under_way' | 'failed'

const AttachmentsContext = createContext<AttachmentsOnDemand | undefined>(undefined)

/** Sends what waits for its upload, whatever page one is on. */
export function AttachmentsProvider({ children }: { children: ReactNode }) {
  const { id: userId } = useMe()
  const { attachments, open } = useOpening()
  const { attaching, followAttaching } = useAttaching()
  const value = useMemo(
    () => ({ attachments, open, attaching, followAttaching }),
    [attachments, open, attaching, followAttaching],
  )
  useEffect(() => {
    if (readStored(keyOf(userId)) !== null) void open()
  }, [userId, open])
  useEffect(() => attachments?.start(), [attachments])
  return <AttachmentsContext value={value}>{children}</AttachmentsContext>
}

function useOpening(): Pick<AttachmentsOnDemand, 'attachments' | 'open'> {
  const client = useClient()
  const { id: userId } = useMe()
  const claimed = useClaimedUploads()
  const { t } = useTranslation('common')
  const opened = useRef<Attachments>(undefined)
  const [attachments, setAttachments] = useState<Attachments>()
  const open = useCallback(async () => {
    try {
      const { Attachments: Made } = await import('./attachments.ts')
      opened.current ??= new Made({ client, userId, claimed })
      setAttachments(opened.current)
      return opened.current
    } catch {
      toastFailed(t('chunk.title'))
      return undefined
    }
  }, [client, userId, claimed, t])
  return { attachments, open }
}

function useAttaching(): Pick<AttachmentsOnDemand, 'attaching' | 'followAttaching'> {
  const [{ underWay, hasFailed }, setState] = useState({ underWay: 0, hasFailed: false })
  // Each waits for what draws it, which comes to the first not always first: they are attached in the order of choosing.
  const last = useRef(Promise.resolve())
  const followAttaching = useCallback((attach: () => Promise<boolean>) => {
    setState((before) => ({ underWay: before.underWay + 1, hasFailed: false }))
    const ended = (isAttached: boolean): void =>
      setState((before) => ({ underWay: before.underWay - 1, hasFailed: before.hasFailed || !isAttached }))
    last.current = last.current.then(attach).then(ended, () => ended(false))
  }, [])
  const settled = hasFailed ? 'failed' : 'idle'
  return { attaching: underWay > 0 ? 'under_way' : settled, followAttaching }
}

export function useAttachmentsOnDemand(): AttachmentsOnDemand {
  const onDemand = use(AttachmentsContext)
  if (onDemand === undefined) throw new Error('AttachmentsProvider is missing.')
  return onDemand
}

/** For what is drawn where something is attached. */
export function useAttachments(): Attachments {
  const { attachments } = useAttachmentsOnDemand()
  if (attachments === undefined) throw new Error('Nothing is attached.')
  return attachments
}
