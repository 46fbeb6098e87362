import { LIMITS } from '@lectern/protocol'

/** As the protocol has it: a name with one could show as another name. */
const REFUSED = /[\n\t]|\p{Bidi_Control}/u

export type NameProblem = 'missing' | 'long' | 'characters'

/** What is wrong with what somebody wants to be called in a class; undefined where nothing is. */
export function nameProblem(name: string): NameProblem | undefined {
  const trimmed = name.trim()
  if (trimmed === '') return 'missing'
  if (REFUSED.test(trimmed)) return 'characters'
  return trimmed.length > LIMITS.displayName ? 'long' : undefined
}
