import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { dialogOnDemand } from '../../../ui/dialog-on-demand.tsx'
import { type PanelKind, useChat, useChatUi } from '../chat-context.ts'
import { PanelFrame } from './panel-frame.tsx'
import { PanelLoading } from './panel-loading.tsx'
import styles from './side-panel.module.css'
import { useReturnFocus } from './use-return-focus.ts'

const PanelDrawer = dialogOnDemand(async () => (await import('./panel-drawer.tsx')).PanelDrawer)

const PANELS = {
  search: lazy(() => import('./search-panel.tsx')),
  pins: lazy(() => import('./pins-panel.tsx')),
  people: lazy(() => import('./people-panel.tsx')),
}

/** What stands beside the messages, or above them where there is no room beside. */
export function SidePanel() {
  const { actions } = useChat()
  const { panel } = useChatUi()
  const { t } = useTranslation('chat')
  const isBeside = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false })
  useSearchKey(panel)
  if (isBeside) return panel === undefined ? null : <Aside key={panel} kind={panel} />
  return (
    <PanelDrawer opened={panel !== undefined} onClose={actions.closePanel} label={panel && t(`panels.${panel}`)}>
      {panel !== undefined && <Panel kind={panel} onDone={actions.closePanel} />}
    </PanelDrawer>
  )
}

function Aside({ kind }: { readonly kind: PanelKind }) {
  const { actions } = useChat()
  const { t } = useTranslation('chat')
  const aside = useReturnFocus()
  return (
    <aside
      ref={aside}
      className={styles['aside']}
      aria-label={t(`panels.${kind}`)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || closesSomethingElse(event.target)) return
        event.stopPropagation()
        actions.closePanel()
      }}
    >
      <Panel kind={kind} onDone={() => undefined} />
    </aside>
  )
}

/** Mantine's mark on what has an open list: its Escape closes that. */
const closesSomethingElse = (target: EventTarget): boolean =>
  target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true'

interface PanelProps {
  readonly kind: PanelKind
  /** Something was chosen: what lies below is to be seen. */
  readonly onDone: () => void
}

function Panel({ kind, onDone }: PanelProps) {
  const { actions } = useChat()
  const { t } = useTranslation('chat')
  const Content = PANELS[kind]
  return (
    <PanelFrame title={t(`panels.${kind}`)} onClose={actions.closePanel}>
      <Suspense fallback={<PanelLoading />}>
        <Content onDone={onDone} />
      </Suspense>
    </PanelFrame>
  )
}

/** Ctrl or Cmd with K leads to the search, from wherever one is. */
function useSearchKey(panel: PanelKind | undefined): void {
  const { actions } = useChat()
  const search = (): void => {
    if (panel === 'search') document.querySelector<HTMLInputElement>('[data-message-search]')?.select()
    else actions.togglePanel('search')
  }
  useHotkeys([['mod+K', search]], [], true)
}
