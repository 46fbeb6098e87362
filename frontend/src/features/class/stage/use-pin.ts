import { useInClass } from '../class-context.tsx'
import { useRoomUi } from '../room-ui.ts'

export interface Pin {
  readonly isPinned: boolean
  /** Undefined where nobody can be pinned: alone there is nobody to choose from, and a shared screen is large anyway. */
  readonly onPin: ((userId: string) => void) | undefined
}

/** Whether somebody stays large whoever speaks, and how that is changed. */
export function usePin(userId: string): Pin {
  const { pinned, togglePin } = useRoomUi()
  const isChoice = useInClass(({ peers }) => peers.length > 0 && !peers.some(({ participant }) => participant.screen))
  return { isPinned: pinned === userId, onPin: isChoice ? togglePin : undefined }
}
