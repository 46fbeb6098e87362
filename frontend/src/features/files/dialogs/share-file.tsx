import type { FileRecord, SignedUrl } from '@lectern/protocol'
import { Alert, Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lectern/client-context.tsx'
import { useErrorText } from '../../../lectern/error-text.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { fullTime } from '../../../ui/time.ts'
import { forgetLink, keepLink, type MadeLink, madeLinks } from './made-links.ts'
import styles from './share-file.module.css'
import { useFileChanges } from './use-file-changes.ts'

const SECONDS = { hour: 3600, day: 86_400, week: 604_800 } as const
type Expiry = keyof typeof SECONDS
const EXPIRIES = ['hour', 'day', 'week'] as const satisfies Expiry[]

interface ShareFileProps {
  file: FileRecord
  /** Whether the link may be good for more than an hour. */
  mayLong: boolean
}

/** Makes links that open a file without signing in, and ends them. */
export function ShareFile({ file, mayLong }: ShareFileProps) {
  const { t } = useTranslation('files')
  const sharing = useSharing(file)
  const [expiry, setExpiry] = useState<Expiry>('hour')
  const label = useId()
  return (
    <>
      <Text>{t('share.text')}</Text>
      {sharing.link !== undefined ? null : mayLong ? (
        <div className={styles['expiry']}>
          <span id={label}>{t('share.expiry')}</span>
          <SegmentedControl
            fullWidth
            aria-labelledby={label}
            value={expiry}
            onChange={(value) => setExpiry(EXPIRIES.find((known) => known === value) ?? 'hour')}
            data={EXPIRIES.map((value) => ({ value, label: t(`share.${value}`) }))}
          />
        </div>
      ) : (
        <Text mt="md" size="sm" c="dimmed">
          {t('share.expiry')}: {t('share.hour')}. {t('share.hourOnly')}
        </Text>
      )}
      <div role="status">{sharing.said !== undefined && <Text mt="md">{sharing.said}</Text>}</div>
      {sharing.failure !== undefined && (
        <Alert color="red" mt="md" role="alert">
          {sharing.failure}
        </Alert>
      )}
      {sharing.link === undefined ? (
        <Group justify="flex-end" mt="lg">
          <Button loading={sharing.isUnderWay} onClick={() => sharing.make(SECONDS[expiry])}>
            {t('share.create')}
          </Button>
        </Group>
      ) : (
        <NewLink link={sharing.link} isEnding={sharing.isUnderWay} onEnd={sharing.end} />
      )}
      <EarlierLinks links={sharing.earlier} onEnd={sharing.end} />
    </>
  )
}

/** A page opens it in the browser, as a preview would; what has none is downloaded. */
const dispositionOf = ({ url, view_url: view }: FileRecord) => (url === view ? 'inline' : 'attachment')

function useSharing(file: FileRecord) {
  const { t } = useTranslation('files')
  const { id: userId } = useMe()
  const errorText = useErrorText()
  const { share, endLink } = useFileChanges()
  const [link, setLink] = useState<SignedUrl>()
  const [links, setLinks] = useState(() => madeLinks(userId))
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [said, setSaid] = useState<string>()
  const during = async (work: () => Promise<void>): Promise<void> => {
    setUnderWay(true)
    setFailure(undefined)
    setSaid(undefined)
    try {
      await work()
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setUnderWay(false)
      setLinks(madeLinks(userId))
    }
  }
  const make = (seconds: number) =>
    void during(async () => {
      const made = await share(file, seconds, dispositionOf(file))
      keepLink(userId, { id: made.id, fileId: file.id, expiresAt: made.expires_at })
      setLink(made)
    })
  const end = (id: string) =>
    void during(async () => {
      await endLink(id)
      forgetLink(userId, id)
      if (id === link?.id) setLink(undefined)
      setSaid(t('share.revoked'))
    })
  const earlier = links.filter(({ id, fileId }) => fileId === file.id && id !== link?.id)
  return { link, earlier, isUnderWay, failure, said, make, end }
}

interface NewLinkProps {
  link: SignedUrl
  isEnding: boolean
  onEnd: (id: string) => void
}

function NewLink({ link, isEnding, onEnd }: NewLinkProps) {
  const { t, i18n } = useTranslation('files')
  return (
    <div className={styles['made']}>
      <TextInput
        label={t('share.link')}
        description={t('share.until', { date: fullTime(link.expires_at, i18n.language) })}
        readOnly
        value={link.url}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Group justify="space-between" mt="md" gap="xs" wrap="nowrap">
        <Button variant="subtle" color="red" loading={isEnding} onClick={() => onEnd(link.id)}>
          {t('share.revoke')}
        </Button>
        <CopyButton variant="filled" text={link.url} label={t('share.copy')} />
      </Group>
    </div>
  )
}

function EarlierLinks({ links, onEnd }: { links: readonly MadeLink[]; onEnd: (id: string) => void }) {
  const { t, i18n } = useTranslation('files')
  if (links.length === 0) return null
  return (
    <section className={styles['earlier']} aria-label={t('share.earlier')}>
      <h3>{t('share.earlier')}</h3>
      <ul>
        {links.map(({ id, expiresAt }) => (
          <li key={id}>
            <span>{t('share.until', { date: fullTime(expiresAt, i18n.language) })}</span>
            <Button variant="subtle" color="red" size="compact-sm" onClick={() => onEnd(id)}>
              {t('share.revoke')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
