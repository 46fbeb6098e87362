import { useMemo } from 'react'
import { candidatesFor, EVERYONE } from './candidates.ts'
import type { Mentionable } from './mention-ranges.ts'
import { useAllMembers } from './use-all-members.ts'

interface Candidates {
  /** Everybody who can be mentioned here, as far as they are loaded. */
  readonly people: readonly Mentionable[]
  readonly candidates: readonly Mentionable[]
  readonly isLoading: boolean
}

interface Asker {
  readonly courseId: string
  readonly meId: string
  readonly isStaff: boolean
}

const NOBODY: readonly Mentionable[] = []

/** @param query what is typed behind the `@`; undefined: no mention is being typed */
export const useCandidates = ({ courseId, meId, isStaff }: Asker, query: string | undefined): Candidates => {
  const { members, isComplete, error } = useAllMembers(courseId, query !== undefined)
  const people = useMemo(() => {
    const others = (members ?? []).filter((member) => member.user_id !== meId)
    const named = others.map((member) => ({ userId: member.user_id, userName: member.name }))
    return isStaff ? [EVERYONE, ...named] : named
  }, [members, meId, isStaff])
  const candidates = useMemo(() => (query === undefined ? NOBODY : candidatesFor(query, people)), [query, people])
  return { people, candidates, isLoading: !isComplete && error === null }
}
