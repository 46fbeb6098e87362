import type { OnlineUser } from '@lectern/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../lectern/client-context.tsx'
import { useRoomPart } from '../../../lectern/room-context.tsx'
import { useChat } from '../chat-context.ts'
import { useAllMembers } from '../mentions/use-all-members.ts'
import { type People, peopleOf } from './people.ts'

const AGAIN_MS = 15_000

interface CoursePeople {
  /** Undefined while the first of the roster is on its way. */
  readonly people: People | undefined
  readonly onlineCount: number
  readonly isComplete: boolean
  readonly error: unknown
  readonly retry: () => void
}

/** Who is in the course: those online as they come and go, the others from the roster. */
export function usePeople(): CoursePeople {
  const { courseId } = useChat()
  const { i18n } = useTranslation()
  const onlineCount = useRoomPart((state) => state.onlineCount)
  const online = useOnline(onlineCount)
  const { members, isComplete, error, retry } = useAllMembers(courseId, true)
  const people = useMemo(
    () => (members === undefined ? undefined : peopleOf(online.values(), members, i18n.language)),
    [online, members, i18n.language],
  )
  return { people, onlineCount, isComplete, error, retry }
}

/** Of a big room the state has only the first: there all are asked for, now and then. */
function useOnline(count: number): ReadonlyMap<string, OnlineUser> {
  const { courseId } = useChat()
  const { api } = useClient()
  const known = useRoomPart((state) => state.online)
  const isPart = count > known.size
  const { data } = useQuery({
    queryKey: ['chat', 'online', courseId],
    queryFn: async ({ signal }) => (await api.getOnlineUsers({ params: { courseId }, signal })).data.users,
    enabled: isPart,
    refetchInterval: AGAIN_MS,
  })
  return useMemo(
    () => (isPart && data !== undefined ? new Map(data.map((user) => [user.userId, user])) : known),
    [isPart, data, known],
  )
}
