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
  /** While somebody is pinned it is the speaker view. */
  readonly view: View
  /** User id of who stays large, whoever speaks. */
  readonly pinned: string | undefined
  readonly togglePanel: (kind: PanelKind) => void
  /** Nobody is pinned any more. */
  readonly setView: (view: View) => void
  readonly togglePin: (userId: string) => void
  readonly ask: (question: 'settings' | 'keys' | 'end') => void
}

export const RoomUiContext = createContext<RoomUi | undefined>(undefined)

export function useRoomUi(): RoomUi {
  const ui = use(RoomUiContext)
  if (ui === undefined) throw new Error('used outside of a class')
  return ui
}
