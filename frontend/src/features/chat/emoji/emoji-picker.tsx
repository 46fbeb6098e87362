import { type EmojiPickerListComponents, EmojiPicker as Picker } from 'frimousse'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../../locales/languages.ts'
import styles from './emoji-picker.module.css'
import { rememberEmoji, useRecentEmoji } from './recent-emoji.ts'
import { useStoredTone } from './skin-tone.ts'
import { SkinTones } from './skin-tones.tsx'

const COLUMNS = 8

export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
}

const components: Partial<EmojiPickerListComponents> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className={styles['category']}>
      {category.label}
    </div>
  ),
  // Both count from 0 there, and from 1 in ARIA. The picker finds rows by it, but for the first.
  Row: ({ 'aria-rowindex': index, ...props }) => (
    <div {...props} {...(index === 0 ? {} : { 'aria-rowindex': index })} className={styles['row']} />
  ),
  Emoji: ({ emoji, 'aria-colindex': _, ...props }) => (
    <button type="button" {...props} className={styles['emoji']}>
      {emoji.emoji}
    </button>
  ),
}

/** All emoji, searched in the language of the page. Tab leads from the search to the list, arrows go through it. */
export default function EmojiPicker({ onPick }: EmojiPickerProps) {
  const { t, i18n } = useTranslation('chat')
  const [search, setSearch] = useState('')
  const [tone, setTone] = useStoredTone()
  const input = useRef<HTMLInputElement>(null)
  // Without a mouse an on-screen keyboard would come up, and cover the emoji that one came for.
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) input.current?.focus()
  }, [])
  const pick = (emoji: string): void => {
    rememberEmoji(emoji)
    onPick(emoji)
  }
  return (
    <Picker.Root
      className={styles['picker']}
      columns={COLUMNS}
      locale={languageOf(i18n.language) ?? 'en'}
      emojibaseUrl={`${import.meta.env.BASE_URL}emoji`}
      skinTone={tone}
      onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      <div className={styles['search']}>
        <Search size={16} aria-hidden="true" />
        <Picker.Search
          className={styles['input']}
          ref={input}
          value={search}
          onChange={(event) => setSearch(event.target.value.normalize('NFC'))}
          placeholder={t('emoji.search')}
          aria-label={t('emoji.search')}
        />
      </div>
      {search === '' && <RecentEmoji onPick={pick} />}
      <Picker.Viewport className={styles['viewport']} tabIndex={0} aria-label={t('emoji.all')} role="region">
        <Picker.Loading className={styles['note']}>{t('emoji.loading')}</Picker.Loading>
        <Picker.Empty className={styles['note']}>
          {({ search: sought }) => t('emoji.none', { search: sought })}
        </Picker.Empty>
        <Picker.List className={styles['list']} components={components} aria-label={t('emoji.all')} />
      </Picker.Viewport>
      <div className={styles['foot']}>
        <Picker.ActiveEmoji>
          {({ emoji }) => (
            <span className={styles['active']} aria-hidden="true">
              {emoji === undefined ? (
                <span className={styles['hint']}>{t('emoji.hint')}</span>
              ) : (
                <>
                  <span className={styles['preview']}>{emoji.emoji}</span>
                  <span className={styles['label']}>{emoji.label}</span>
                </>
              )}
            </span>
          )}
        </Picker.ActiveEmoji>
        <SkinTones onChange={setTone} />
      </div>
    </Picker.Root>
  )
}

function RecentEmoji({ onPick }: EmojiPickerProps) {
  const { t } = useTranslation('chat')
  const recent = useRecentEmoji()
  if (recent.length === 0) return null
  return (
    <ul className={styles['recent']} aria-label={t('emoji.recent')}>
      {recent.slice(0, COLUMNS).map((emoji) => (
        <li key={emoji}>
          <button type="button" className={styles['emoji']} onClick={() => onPick(emoji)}>
            {emoji}
          </button>
        </li>
      ))}
    </ul>
  )
}
