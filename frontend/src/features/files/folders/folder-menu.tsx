import { archiveUrl } from '@lectern/client'
import type { CourseRecord, FolderRecord } from '@lectern/protocol'
import { ActionIcon, Menu } from '@mantine/core'
import { EllipsisVertical, FolderArchive, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayManageFolder } from '../file-permissions.ts'
import { useViewer } from '../files-course.tsx'
import { DeleteFolderDialog, EditFolderDialog } from './folder-dialogs.tsx'

interface FolderMenuProps {
  course: CourseRecord
  folder: FolderRecord
  /** Told when it was deleted here. */
  onDeleted?: () => void
}

/** What may be done with a folder. */
export function FolderMenu({ course, folder, onDeleted }: FolderMenuProps) {
  const { t } = useTranslation('files')
  const [asked, setAsked] = useState<'edit' | 'delete'>()
  const close = () => setAsked(undefined)
  const manages = mayManageFolder(useViewer(course), folder)
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('folder.menu', { name: folder.name })}>
            <EllipsisVertical size={18} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={archiveUrl(folder.id)}
            download
            leftSection={<FolderArchive size={16} aria-hidden="true" />}
          >
            {t('folder.archive')}
          </Menu.Item>
          {manages && <Changes onEdit={() => setAsked('edit')} onDelete={() => setAsked('delete')} />}
        </Menu.Dropdown>
      </Menu>
      <EditFolderDialog course={course} folder={folder} opened={asked === 'edit'} onClose={close} />
      <DeleteFolderDialog
        folder={folder}
        opened={asked === 'delete'}
        onClose={close}
        {...(onDeleted === undefined ? {} : { onDeleted })}
      />
    </>
  )
}

function Changes({ onEdit, onDelete }: { onEdit: () => void; onDelete: () => void }) {
  const { t } = useTranslation('files')
  return (
    <>
      <Menu.Item leftSection={<Pencil size={16} aria-hidden="true" />} onClick={onEdit}>
        {t('folder.edit')}
      </Menu.Item>
      <Menu.Item
        color="var(--mantine-color-error)"
        leftSection={<Trash2 size={16} aria-hidden="true" />}
        onClick={onDelete}
      >
        {t('folder.delete')}
      </Menu.Item>
    </>
  )
}
