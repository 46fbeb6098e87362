import { Menu } from '@mantine/core'
import { EllipsisVertical, Folder, LayoutGrid, MonitorUp, PictureInPicture2, Settings2, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useRoomUi } from '../room-ui.ts'
import { BarButton } from './bar-button.tsx'
import { canShareScreen, useShare } from './use-share.ts'

/** What a narrow bar has no room for. */
export function MoreMenu() {
  const { t } = useTranslation('class')
  const { view, setView, togglePanel, ask } = useRoomUi()
  const { isSharing, toggleShare } = useShare()
  const isSpeaker = view === 'speaker'
  return (
    <Menu position="top-end" width={230}>
      <Menu.Target>
        <BarButton icon={EllipsisVertical} label={t('bar.more')} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Users size={16} aria-hidden="true" />} onClick={() => togglePanel('people')}>
          {t('panel.people')}
        </Menu.Item>
        <Menu.Item leftSection={<Folder size={16} aria-hidden="true" />} onClick={() => togglePanel('files')}>
          {t('panel.files')}
        </Menu.Item>
        {canShareScreen && (
          <Menu.Item leftSection={<MonitorUp size={16} aria-hidden="true" />} onClick={toggleShare}>
            {t(isSharing ? 'bar.stopSharing' : 'bar.share')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={
            isSpeaker ? <LayoutGrid size={16} aria-hidden="true" /> : <PictureInPicture2 size={16} aria-hidden="true" />
          }
          onClick={() => setView(isSpeaker ? 'tiles' : 'speaker')}
        >
          {t(isSpeaker ? 'bar.tiles' : 'bar.speakerView')}
        </Menu.Item>
        <Menu.Item leftSection={<Settings2 size={16} aria-hidden="true" />} onClick={() => ask('settings')}>
          {t('bar.settings')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
