import type { TypingPerson } from '@lectern/client'
import { useTranslation } from 'react-i18next'
import { useRoomPart } from '../../../lectern/room-context.tsx'
import styles from './typing-line.module.css'

/** More names than these say nothing. */
const NAMED = 2

/** Who is writing now. Its place is kept, so that nothing moves when somebody begins. */
export function TypingLine() {
  const typing = useRoomPart(({ typing: people }) => people)
  return <div className={styles['line']}>{typing.length > 0 && <Typing people={typing} />}</div>
}

function Typing({ people }: { people: readonly TypingPerson[] }) {
  const { t, i18n } = useTranslation('chat')
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
    people.map((person) => person.userName),
  )
  return (
    <>
      <span className={styles['dots']} aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <span className={styles['text']}>
        {people.length > NAMED ? t('composer.typingMany') : t('composer.typing', { names, count: people.length })}
      </span>
    </>
  )
}
