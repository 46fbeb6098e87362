import { LecternError } from '@lectern/client'
import type { BanRecord } from '@lectern/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBans, useRefreshBans } from '../../../lectern/class-bans.ts'
import { useClient } from '../../../lectern/client-context.tsx'
import { useErrorText } from '../../../lectern/error-text.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { toastFailed } from '../../../ui/toast.tsx'
import { useInClass } from '../class-context.tsx'
import panel from './people-panel.module.css'
import styles from './person-row.module.css'

/** Who is kept out, and may be let in again. */
export function Bans() {
  const { t } = useTranslation('class')
  const sessionId = useInClass(({ session }) => session.id)
  const bans = useBans(sessionId)
  if (bans.length === 0) return null
  const label = t('bans.count', { count: bans.length })
  return (
    <section>
      <h3 className={panel['heading']}>{label}</h3>
      <ul className={panel['list']} aria-label={label}>
        {bans.map((ban) => (
          <Ban key={ban.user_id} sessionId={sessionId} ban={ban} />
        ))}
      </ul>
    </section>
  )
}

function Ban({ sessionId, ban: { user_id: userId, user_name: name } }: { sessionId: string; ban: BanRecord }) {
  const { t } = useTranslation('class')
  const { api } = useClient()
  const errorText = useErrorText()
  const refresh = useRefreshBans(sessionId)
  const [isLifting, setLifting] = useState(false)
  const lift = async () => {
    setLifting(true)
    try {
      await api.liftBan({ params: { sessionId, userId } })
    } catch (error) {
      // Somebody of the staff was quicker.
      if (!(error instanceof LecternError && error.code === 'NOT_FOUND')) toastFailed(errorText(error))
    }
    await refresh()
    setLifting(false)
  }
  return (
    <li className={styles['row']}>
      <Avatar id={userId} name={name} size={32} />
      <span className={styles['who']}>
        <bdi className={styles['name']}>{name}</bdi>
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={isLifting}
        aria-label={t('bans.liftFor', { name })}
        onClick={() => void lift()}
      >
        {t('bans.lift')}
      </Button>
    </li>
  )
}
