import type { MessageRecord } from '@lectern/protocol'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useClient } from '../../../lectern/client-context.tsx'
import { useRoomPart } from '../../../lectern/room-context.tsx'
import { useChat } from '../chat-context.ts'

const firstPage: string | null = null

const pinsKey = (courseId: string) => ['chat', 'pins', courseId]

/** The pinned messages, newest first; read again when one of them changes or another is pinned. */
export function usePins() {
  const { courseId } = useChat()
  const { api } = useClient()
  const { data, ...query } = useInfiniteQuery({
    queryKey: pinsKey(courseId),
    queryFn: ({ pageParam, signal }) =>
      api.listPinnedMessages({
        params: { courseId },
        query: pageParam === null ? {} : { cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: ({ meta }) => meta.next_cursor,
    staleTime: 0,
  })
  const pins = useMemo<readonly MessageRecord[] | undefined>(() => data?.pages.flatMap((page) => page.data), [data])
  useFollowPins(pins)
  return { ...query, pins }
}

function useFollowPins(pins: readonly MessageRecord[] | undefined): void {
  const { courseId } = useChat()
  const client = useClient()
  const queries = useQueryClient()
  const isLive = useRoomPart((state) => state.status.kind === 'live')
  useEffect(() => {
    const refresh = (): void => void queries.invalidateQueries({ queryKey: pinsKey(courseId) })
    const isPin = (id: string): boolean => pins?.some((pin) => pin.id === id) ?? false
    const stops = [
      client.on('chat:message_updated', (message) => {
        if (message.course_id === courseId && (message.pinned_at !== null || isPin(message.id))) refresh()
      }),
      client.on('chat:message_deleted', (message) => {
        if (message.course_id === courseId && isPin(message.id)) refresh()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client, queries, courseId, pins])
  useEffect(() => {
    // What changed while the connection was away was told to nobody here.
    if (isLive) void queries.invalidateQueries({ queryKey: pinsKey(courseId) })
  }, [isLive, queries, courseId])
}
