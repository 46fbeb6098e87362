import { Loader } from '@mantine/core'
import { AtSign } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { EVERYONE } from './candidates.ts'
import styles from './mention-list.module.css'
import type { Mentionable } from './mention-ranges.ts'
import { optionId } from './option-id.ts'

interface MentionListProps {
  readonly id: string
  readonly candidates: readonly Mentionable[]
  readonly activeId: string | undefined
  readonly isLoading: boolean
  readonly onHover: (index: number) => void
  readonly onChoose: (person: Mentionable) => void
}

/** Whom the mention being typed may mean; the focus stays in the text. */
export function MentionList({ id, candidates, activeId, isLoading, onHover, onChoose }: MentionListProps) {
  const { t } = useTranslation('chat')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (activeId !== undefined)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [activeId])
  return (
    <div className={styles['popup']}>
      <div ref={list} id={id} role="listbox" aria-label={t('mentions.list')} className={styles['list']}>
        {candidates.map((person, index) => (
          // The text's own keys choose (see useMentions); a listbox's options take no focus.
          // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant of the text field
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field handles the keys
          <div
            key={person.userId}
            id={optionId(id, person.userId)}
            role="option"
            aria-selected={person.userId === activeId}
            className={styles['option']}
            onPointerMove={() => onHover(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(person)}
          >
            {person.userId === EVERYONE.userId ? (
              <>
                <span className={styles['everyone']} aria-hidden="true">
                  <AtSign size={14} />
                </span>
                <span className={styles['name']}>{EVERYONE.userName}</span>
                <span className={styles['hint']}>{t('mentions.everyone')}</span>
              </>
            ) : (
              <>
                <Avatar id={person.userId} name={person.userName} size={24} />
                <span className={styles['name']}>{person.userName}</span>
              </>
            )}
          </div>
        ))}
      </div>
      {isLoading && candidates.length === 0 && (
        <div className={styles['loading']}>
          <Loader size="xs" aria-hidden="true" />
          {t('mentions.loading')}
        </div>
      )}
    </div>
  )
}
