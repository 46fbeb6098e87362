import {
  type Classroom,
  type ClassroomState,
  createClassrooms,
  type InClass,
  type LocalMedia,
  type LocalMediaState,
} from '@lectern/client/classes'
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useClient } from '../../lectern/client-context.tsx'
import { useReadable, useSelected } from '../../lectern/readable.ts'

interface ClassTools {
  readonly classroom: Classroom
  readonly media: LocalMedia
}

const ToolsContext = createContext<ClassTools | undefined>(undefined)
const EnteredContext = createContext<InClass | undefined>(undefined)

interface ClassroomProviderProps {
  sessionId: string
  /** Where the browser has no WebRTC. */
  unsupported: ReactNode
  children: ReactNode
}

/** A class for everything inside, and a microphone and camera for it. With it, all of it ends. */
export function ClassroomProvider({ sessionId, unsupported, children }: ClassroomProviderProps) {
  const client = useClient()
  const [tools, setTools] = useState<ClassTools | 'unsupported'>()
  useEffect(() => {
    const made = madeFor()
    setTools(made ?? 'unsupported')
    return () => {
      made?.classroom.close()
      made?.media.close()
    }
    function madeFor(): ClassTools | undefined {
      const classrooms = createClassrooms(client)
      try {
        const media = classrooms.createLocalMedia()
        return { media, classroom: classrooms.classroom(sessionId, media) }
      } catch {
        return undefined
      }
    }
  }, [client, sessionId])
  if (tools === undefined) return null
  if (tools === 'unsupported') return unsupported
  return tools.classroom.sessionId === sessionId ? <ToolsContext value={tools}>{children}</ToolsContext> : null
}

function provided<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('used outside of a class')
  return value
}

export const useClassroom = (): Classroom => provided(use(ToolsContext)).classroom

export const useClassroomState = (): ClassroomState => useReadable(useClassroom())

export const useMedia = (): LocalMedia => provided(use(ToolsContext)).media

/** @param select answers the same object until what it picks changes */
export const useMediaPart = <Part,>(select: (state: LocalMediaState) => Part): Part => useSelected(useMedia(), select)

/** Around what is drawn of a class that one is in. */
export function Entered({ state, children }: { state: InClass; children: ReactNode }) {
  const [first] = useState(state)
  return <EnteredContext value={first}>{children}</EnteredContext>
}

/**
 * A part of the class that one is in; of how it was last, once one is not in it any more. Levels change ten times a
 * second: who asks for less than all of it draws less.
 */
export function useInClass<Part>(
  select: (state: InClass) => Part,
  isSame: (one: Part, other: Part) => boolean = Object.is,
): Part {
  const classroom = useClassroom()
  const first = provided(use(EnteredContext))
  const kept = useRef<{ state: InClass; part: Part }>(undefined)
  const subscribe = useCallback((listener: () => void) => classroom.subscribe(listener), [classroom])
  return useSyncExternalStore(subscribe, () => {
    const now = classroom.getSnapshot()
    const state = now.status === 'joined' ? now : (kept.current?.state ?? first)
    const picked = select(state)
    const part = kept.current !== undefined && isSame(kept.current.part, picked) ? kept.current.part : picked
    kept.current = { state, part }
    return part
  })
}

/** Whether two lists hold the same objects. */
export const sameItems = <Item,>(one: readonly Item[], other: readonly Item[]): boolean =>
  one.length === other.length && one.every((item, index) => Object.is(item, other[index]))
