import { Center, Drawer, Loader, Popover, type PopoverProps } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { PopupButton } from '../../../ui/popup-on-demand.tsx'
import styles from './emoji-popover.module.css'

const EmojiPicker = lazy(() => import('./emoji-picker.tsx'))

interface EmojiPopoverProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onPick: (emoji: string) => void
  readonly position?: PopoverProps['position']
  /** The button that opens it. */
  readonly children: PopupButton
}

/** The emoji picker at its button; where there is no room for that, at the bottom of the screen. */
export function EmojiPopover({ opened, onClose, onPick, position = 'top-end', children }: EmojiPopoverProps) {
  const { t } = useTranslation('chat')
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  if (isNarrow) {
    return (
      <>
        {children}
        <EmojiDrawer opened={opened} onClose={onClose} onPick={onPick} />
      </>
    )
  }
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && onClose()}
      position={position}
      trapFocus
      returnFocus
      shadow="md"
      radius="md"
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} className={styles['dropdown']} aria-label={t('emoji.title')}>
        <LazyPicker onPick={onPick} />
      </Popover.Dropdown>
    </Popover>
  )
}

export function EmojiDrawer({ opened, onClose, onPick }: Omit<EmojiPopoverProps, 'children' | 'position'>) {
  const { t } = useTranslation(['chat', 'common'])
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="auto"
      title={t('emoji.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ content: styles['sheet'], body: styles['sheetBody'] }}
    >
      <LazyPicker onPick={onPick} />
    </Drawer>
  )
}

function LazyPicker({ onPick }: { readonly onPick: (emoji: string) => void }) {
  return (
    <Suspense
      fallback={
        <Center className={styles['loading']}>
          <Loader size="sm" />
        </Center>
      }
    >
      <EmojiPicker onPick={onPick} />
    </Suspense>
  )
}
