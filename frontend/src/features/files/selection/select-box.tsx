import type { FileRecord } from '@lectern/protocol'
import { useTranslation } from 'react-i18next'
import styles from './select-box.module.css'
import { useSelection } from './selection-context.ts'

/** Selects a file; with Shift, all from the last that was selected to this one. */
export function SelectBox({ file: { id, filename } }: { file: FileRecord }) {
  const { t } = useTranslation('files')
  const { isSelected, toggle, extend } = useSelection()
  return (
    // With Shift, a browser would select the texts between.
    <label className={styles['box']} onMouseDown={(event) => event.shiftKey && event.preventDefault()}>
      <input
        type="checkbox"
        aria-label={t('selection.select', { name: filename })}
        checked={isSelected(id)}
        onChange={({ nativeEvent }) => {
          if (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey) extend(id)
          else toggle(id)
        }}
      />
    </label>
  )
}
