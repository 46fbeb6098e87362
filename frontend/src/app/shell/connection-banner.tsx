import type { ConnectionState } from '@lectern/client'
import { Button } from '@mantine/core'
import { CloudOff, LogIn, type LucideIcon, RotateCw, WifiOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../lectern/client-context.tsx'
import { useConnection, useOutbox } from '../../lectern/client-hooks.ts'
import { useSession } from '../../lectern/session-context.ts'
import { useSecondsUntil } from '../../ui/use-seconds-until.ts'
import styles from './connection-banner.module.css'

/** How long connecting may take before it is worth a word. */
const GRACE_MS = 1500

/** Tells what the connection is doing, where that is anything else than working. */
export function ConnectionBanner() {
  const connection = useConnection()
  const isSlow = useLasts(connection.status === 'connecting', GRACE_MS)
  // Always there, since a live region is read out only for what changes in it.
  return <div role="status">{bannerOf(connection, isSlow)}</div>
}

function bannerOf(connection: ConnectionState, isSlow: boolean): ReactNode {
  switch (connection.status) {
    case 'idle':
    case 'online':
    case 'closed':
      return null
    case 'connecting':
      return isSlow || connection.attempt > 1 ? <Connecting /> : null
    case 'waiting':
      return connection.offline ? <Offline /> : <Waiting retryAt={connection.retryAt} />
    case 'refused':
      return <Refused />
  }
}

/** Whether something has been so for some time. */
function useLasts(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    if (!isSo) return
    const timer = setTimeout(() => setLasts(true), ms)
    return () => {
      clearTimeout(timer)
      setLasts(false)
    }
  }, [isSo, ms])
  return lasts
}

function Connecting() {
  const { t } = useTranslation('common')
  return <Banner icon={RotateCw} text={t('connection.connecting')} />
}

function Offline() {
  const { t } = useTranslation('common')
  return <Banner icon={WifiOff} text={t('connection.offline')} keepsUnsent />
}

function Waiting({ retryAt }: { retryAt: number }) {
  const { t } = useTranslation('common')
  const client = useClient()
  const seconds = useSecondsUntil(retryAt)
  return (
    <Banner
      icon={CloudOff}
      text={t('connection.waiting')}
      countdown={t('connection.retryIn', { count: seconds })}
      keepsUnsent
    >
      <Button size="compact-sm" variant="white" onClick={() => client.reconnect()}>
        {t('connection.tryNow')}
      </Button>
    </Banner>
  )
}

function Refused() {
  const { t } = useTranslation('common')
  const session = useSession()
  return (
    <Banner icon={LogIn} text={t('connection.refused')} keepsUnsent>
      <Button size="compact-sm" variant="white" onClick={() => session.end()}>
        {t('connection.signIn')}
      </Button>
    </Banner>
  )
}

interface BannerProps {
  icon: LucideIcon
  text: string
  /** Shown and not read out, each second. */
  countdown?: string
  /** Says how many messages wait to be sent. */
  keepsUnsent?: boolean
  children?: ReactNode
}

function Banner({ icon: Icon, text, countdown, keepsUnsent = false, children }: BannerProps) {
  const { t } = useTranslation('common')
  const unsent = useOutbox().length
  return (
    <div className={styles['banner']}>
      <Icon size={16} aria-hidden="true" />
      <span>
        {text}
        {countdown !== undefined && <span aria-hidden="true"> {countdown}</span>}
        {keepsUnsent && unsent > 0 && <span> {t('connection.unsent', { count: unsent })}</span>}
      </span>
      {children}
    </div>
  )
}
