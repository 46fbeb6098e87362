import { createContext, type ReactNode, use } from 'react'
import type { View } from './stage/arrangement.ts'

export type PanelKind = 'people' | 'chat' | 'files'

/** What stands beside a class, of other features. */
export interface ClassPanels {
  readonly chat: ReactNode
  readonly files: ReactNode
}

/** What the page remembers of how one looks at the class. */
export interface RoomUi {
  readonly panel: PanelKind | undefined
  readonly view: View
  readonly togglePanel: (kind: PanelKind) => void
  readonly setView: (view: View) => void
  readonly ask: (question: 'settings' | 'keys' | 'end') => void
}

export const RoomUiContext = createContext<RoomUi | undefined>(undefined)

export function useRoomUi(): RoomUi {
  const ui = use(RoomUiContext)
  if (ui === undefined) throw new Error('used outside of a class')
  return ui
}
