import { ActionIcon, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PanelKind } from '../room-ui.ts'
import styles from './class-panel.module.css'

interface ClassPanelProps {
  kind: PanelKind | undefined
  onClose: () => void
  children: ReactNode
}

/** Beside the class, or before it where there is no room beside. */
export function ClassPanel({ kind, onClose, children }: ClassPanelProps) {
  const { t } = useTranslation('class')
  const isBeside = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  if (isBeside)
    return kind === undefined ? null : (
      <Aside key={kind} kind={kind} onClose={onClose}>
        {children}
      </Aside>
    )
  return (
    <Drawer.Root
      opened={kind !== undefined}
      onClose={onClose}
      position="bottom"
      size="100%"
      padding={0}
      classNames={{ content: styles['sheet'] ?? '', body: styles['sheetBody'] ?? '' }}
    >
      <Drawer.Content {...(kind !== undefined && { 'aria-label': t(`panel.${kind}`) })}>
        <Drawer.Body>
          {kind !== undefined && (
            <Frame kind={kind} onClose={onClose}>
              {children}
            </Frame>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

type FrameProps = ClassPanelProps & { kind: PanelKind }

function Aside({ kind, onClose, children }: FrameProps) {
  const { t } = useTranslation('class')
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const { current } = ref
    // The chat takes the focus itself, to where one writes.
    if (current?.contains(before) !== true) current?.focus({ preventScroll: true })
    return () => {
      const now = document.activeElement
      if ((now === document.body || current?.contains(now)) && before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      className={styles['aside']}
      aria-label={t(`panel.${kind}`)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
        onClose()
      }}
    >
      <Frame kind={kind} onClose={onClose}>
        {children}
      </Frame>
    </aside>
  )
}

function Frame({ kind, onClose, children }: FrameProps) {
  const { t } = useTranslation('class')
  return (
    <div className={styles['panel']}>
      <header className={styles['header']}>
        <h2 className={styles['title']}>{t(`panel.${kind}`)}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={onClose}
          aria-label={t('panel.close')}
          title={t('panel.close')}
        >
          <X size={18} aria-hidden="true" />
        </ActionIcon>
      </header>
      <div className={styles['content']}>{children}</div>
    </div>
  )
}
