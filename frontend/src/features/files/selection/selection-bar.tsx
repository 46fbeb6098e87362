import type { FileRecord } from '@lectern/protocol'
import { ActionIcon, Button } from '@mantine/core'
import { Download, FolderInput, type LucideIcon, Trash2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { byteSize } from '../../../ui/byte-size.ts'
import unseen from '../../../ui/visually-hidden.module.css'
import { mayManageFile } from '../file-permissions.ts'
import { useShownFolder } from '../folder/folder-context.ts'
import { download } from './download.ts'
import { sizeOf } from './selection.ts'
import styles from './selection-bar.module.css'
import { useSelection } from './selection-context.ts'

/** What is selected, and what may be done with all of it. @param isWhole whether it is all that the folder holds */
export function SelectionBar({ isWhole }: { isWhole: boolean }) {
  const { files } = useSelection()
  const text = useSelectedText()(files)
  return (
    <>
      <div className={unseen['hidden']} role="status">
        {text}
      </div>
      {files.length > 0 && <Bar files={files} text={text} isWhole={isWhole} />}
    </>
  )
}

interface BarProps {
  files: readonly FileRecord[]
  text: string
  isWhole: boolean
}

function Bar({ files, text, isWhole }: BarProps) {
  const { t } = useTranslation('files')
  const { folder, viewer, remove, askToMove, focusPage } = useShownFolder()
  const { clear } = useSelection()
  const others = files.filter((file) => !mayManageFile(viewer, folder, file)).length
  const empty = () => {
    clear()
    focusPage()
  }
  const removeAll = () => {
    remove(files)
    clear()
  }
  return (
    <section className={styles['bar']} aria-label={t('selection.label')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('selection.clear')}
        title={t('selection.clear')}
        onClick={empty}
      >
        <X size={18} aria-hidden="true" />
      </ActionIcon>
      <span className={styles['amount']}>{text}</span>
      <div className={styles['actions']}>
        <Action
          icon={Download}
          label={t('file.download')}
          onClick={() => download(files, isWhole ? folder : undefined)}
        />
        {others === 0 && (
          <>
            <Action icon={FolderInput} label={t('selection.move')} onClick={() => askToMove(files)} />
            <Action icon={Trash2} label={t('file.delete')} isDangerous onClick={removeAll} />
          </>
        )}
      </div>
      {others > 0 && others < files.length && (
        <p className={styles['others']}>{t('selection.others', { count: others })}</p>
      )}
    </section>
  )
}

interface ActionProps {
  icon: LucideIcon
  label: string
  isDangerous?: boolean
  onClick: () => void
}

function Action({ icon: Icon, label, isDangerous = false, onClick }: ActionProps) {
  return (
    <Button
      variant="subtle"
      size="sm"
      color="var(--mantine-color-text)"
      px="xs"
      leftSection={<Icon size={16} aria-hidden="true" {...(isDangerous && { color: 'var(--mantine-color-error)' })} />}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}

function useSelectedText(): (files: readonly FileRecord[]) => string {
  const { t, i18n } = useTranslation('files')
  return (files) => {
    const [count, size] = [files.length, byteSize(sizeOf(files), i18n.language)]
    return count === 0 ? '' : t('selection.selected', { count, size })
  }
}
