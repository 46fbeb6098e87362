/** What is chosen of a list, to do something with all of it. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** What was chosen last: where a range begins. */
  readonly anchor: string | undefined
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: undefined }

/** Takes it in, or out. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/**
 * Takes in all from what was chosen last to this, in the order in which they are shown. Where nothing was, or it is shown
 * no more, this alone.
 */
export function extended({ ids, anchor }: Selection, id: string, order: readonly string[]): Selection {
  const [from, to] = [anchor === undefined ? -1 : order.indexOf(anchor), order.indexOf(id)]
  if (from === -1 || to === -1) return { ids: new Set([...ids, id]), anchor: id }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...ids, ...range]), anchor: id }
}

export const allOf = (order: readonly string[]): Selection => ({ ids: new Set(order), anchor: order.at(-1) })

/** Of what is shown, in its order: what is gone is chosen no more. */
export const chosenOf = <Thing extends { readonly id: string }>(
  things: readonly Thing[],
  { ids }: Selection,
): readonly Thing[] => (ids.size === 0 ? [] : things.filter(({ id }) => ids.has(id)))

export const sizeOf = (files: readonly { readonly size: number }[]): number =>
  files.reduce((sum, { size }) => sum + size, 0)
