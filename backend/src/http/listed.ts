import type { PageMeta } from '@lectern/protocol'
import type { Page } from '../shared/cursor.ts'

/** A page as a list's route answers it. */
export const listed = <Item>({ items, nextCursor }: Page<Item>, limit: number): { data: Item[]; meta: PageMeta } => ({
  data: [...items],
  meta: { limit, next_cursor: nextCursor },
})
