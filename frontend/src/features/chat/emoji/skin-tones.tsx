import { type SkinTone, useSkinTone } from 'frimousse'
import { useTranslation } from 'react-i18next'
import styles from './emoji-picker.module.css'

const HAND = '✋'

/** The colours of hands and faces, to choose among. Stands inside of the picker. */
export function SkinTones({ onChange }: { readonly onChange: (tone: SkinTone) => void }) {
  const { t } = useTranslation('chat')
  const [current, , variations] = useSkinTone(HAND)
  return (
    <div className={styles['tones']} role="radiogroup" aria-label={t('emoji.tone')}>
      {variations.map(({ skinTone, emoji }) => (
        <label key={skinTone} className={styles['tone']} title={t(`emoji.tones.${skinTone}`)}>
          <input
            type="radio"
            name="emoji-skin-tone"
            checked={skinTone === current}
            onChange={() => onChange(skinTone)}
            aria-label={t(`emoji.tones.${skinTone}`)}
          />
          <span aria-hidden="true">{emoji}</span>
        </label>
      ))}
    </div>
  )
}
