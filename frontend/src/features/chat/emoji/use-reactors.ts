import type { MemberRecord, Reaction } from '@lectern/protocol'
import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { courseKeys } from '../../../lectern/course-queries.ts'
import { useChat } from '../chat-context.ts'

const NAMED = 12

/** A list as the language writes it: “Lan, Minh and 3 others”. */
const listed = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names)

/**
 * Says who reacted: oneself first, then whose names are known here, then how many more. It looks the names up when it is
 * called and watches nothing: it is asked in every row.
 */
export function useReactors(): (reaction: Reaction) => string {
  const { courseId, room, me } = useChat()
  const { t, i18n } = useTranslation('chat')
  const queries = useQueryClient()
  return ({ user_ids }) => {
    const roster = queries.getQueryData<InfiniteData<{ readonly data: readonly MemberRecord[] }>>(
      courseKeys.members(courseId),
    )
    const { online } = room.getSnapshot()
    const nameOf = (id: string): string | undefined =>
      online.get(id)?.userName ??
      roster?.pages.flatMap((page) => page.data).find((member) => member.user_id === id)?.name
    const own = user_ids.includes(me.id) ? [t('reactions.you')] : []
    const known = user_ids.filter((id) => id !== me.id).flatMap((id) => nameOf(id) ?? [])
    const shown = [...own, ...known].slice(0, NAMED)
    const others = user_ids.length - shown.length
    return listed(others === 0 ? shown : [...shown, t('reactions.others', { count: others })], i18n.language)
  }
}
