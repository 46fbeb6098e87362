import type { CourseRoom, RoomState } from '@lectern/client'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { useClient } from './client-context.tsx'
import { useReadable, useSelected } from './readable.ts'

const RoomContext = createContext<CourseRoom | undefined>(undefined)

/** Enters the course's room, and leaves it when it goes. */
export function RoomProvider({ courseId, children }: { courseId: string; children: ReactNode }) {
  const client = useClient()
  const [room, setRoom] = useState<CourseRoom>()
  // Not in a layout effect: those end whenever something inside waits, for its texts say, which would be leaving.
  useEffect(() => {
    const entered = client.room(courseId)
    setRoom(entered)
    return () => entered.leave()
  }, [client, courseId])
  if (room?.courseId !== courseId) return null
  return <RoomContext value={room}>{children}</RoomContext>
}

export function useRoom(): CourseRoom {
  const room = use(RoomContext)
  if (room === undefined) throw new Error('No room here: RoomProvider is missing.')
  return room
}

/** Changes with everything that happens in the room: not for what is drawn once per message. */
export const useRoomState = (): RoomState => useReadable(useRoom())

/** @param select answers the same object until what it picks changes */
export const useRoomPart = <Part,>(select: (state: RoomState) => Part): Part => useSelected(useRoom(), select)
