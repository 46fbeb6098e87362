import type { FileRecord } from '@lectern/protocol'
import { ActionIcon, Menu } from '@mantine/core'
import {
  Download,
  EllipsisVertical,
  FolderInput,
  Info,
  Link2,
  type LucideIcon,
  Pencil,
  Share2,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ownPath } from '../../../lectern/own-path.ts'
import { copyText } from '../../../ui/copy-text.ts'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { mayManageFile } from '../file-permissions.ts'
import { fileAddress } from './file-address.ts'
import { useShownFolder } from './folder-context.ts'

const icon = (Icon: LucideIcon) => <Icon size={16} aria-hidden="true" />

/** What may be done with a file. */
export function FileMenu({ file }: { file: FileRecord }) {
  const { t } = useTranslation('files')
  const { viewer, folder, ask } = useShownFolder()
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('file.menu', { name: file.filename })}>
          <EllipsisVertical size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={ownPath(file.download_url)} download leftSection={icon(Download)}>
          {t('file.download')}
        </Menu.Item>
        <CopyLink file={file} />
        <Menu.Item leftSection={icon(Share2)} onClick={() => ask('share', file)}>
          {t('file.share')}
        </Menu.Item>
        <Menu.Item leftSection={icon(Info)} onClick={() => ask('details', file)}>
          {t('file.details')}
        </Menu.Item>
        {mayManageFile(viewer, folder, file) && <Changes file={file} />}
      </Menu.Dropdown>
    </Menu>
  )
}

function CopyLink({ file }: { file: FileRecord }) {
  const { t } = useTranslation(['files', 'common'])
  const { course } = useShownFolder()
  const copy = async () => {
    if (await copyText(new URL(fileAddress(course.id, file), location.href).href)) toastDone(t('file.linkCopied'))
    else toastFailed(t('common:copyFailed'))
  }
  return (
    <Menu.Item leftSection={icon(Link2)} onClick={() => void copy()}>
      {t('file.copyLink')}
    </Menu.Item>
  )
}

function Changes({ file }: { file: FileRecord }) {
  const { t } = useTranslation('files')
  const { ask, remove } = useShownFolder()
  return (
    <>
      <Menu.Divider />
      <Menu.Item leftSection={icon(Pencil)} onClick={() => ask('rename', file)}>
        {t('file.rename')}
      </Menu.Item>
      <Menu.Item leftSection={icon(FolderInput)} onClick={() => ask('move', file)}>
        {t('file.move')}
      </Menu.Item>
      <Menu.Item color="var(--mantine-color-error)" leftSection={icon(Trash2)} onClick={() => remove([file])}>
        {t('file.delete')}
      </Menu.Item>
    </>
  )
}
