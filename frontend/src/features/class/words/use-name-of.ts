import type { InClass } from '@lectern/client/classes'
import { useInClass } from '../class-context.tsx'

export const nameIn = ({ you, peers }: InClass, userId: string): string | undefined =>
  [you, ...peers.map(({ participant }) => participant)].find((person) => person.userId === userId)?.displayName

/** What somebody is called in the class; undefined once they have left. */
export const useNameOf = (userId: string | undefined): string | undefined =>
  useInClass((state) => (userId === undefined ? undefined : nameIn(state, userId)))
