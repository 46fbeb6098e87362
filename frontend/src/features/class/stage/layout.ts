export interface TileLayout {
  readonly columns: number
  readonly rows: number
  /** Of one tile, in whole pixels. */
  readonly width: number
  readonly height: number
}

/** Width by height. A picture fills its tile, and what is beyond it is cut: of who sits at a desk not too much. */
const WIDEST = 16 / 9
const NARROWEST = 6 / 5
/** Who holds a phone upright is seen by others who do, or cut little. */
const NARROWEST_UPRIGHT = 4 / 5

/** Between tiles, in pixels. */
export const GAP = 8

function tileIn(width: number, height: number, narrowest: number): { width: number; height: number } {
  const across = Math.min(width, height * WIDEST)
  return { width: Math.floor(across), height: Math.floor(Math.min(height, across / narrowest)) }
}

/** How so many equal tiles fill a space best: the largest ones, and of equals those that leave the fewest places empty. */
export function layout(count: number, width: number, height: number, gap = GAP): TileLayout {
  const narrowest = width < height ? NARROWEST_UPRIGHT : NARROWEST
  let best: TileLayout = { columns: 1, rows: Math.max(count, 1), width: 0, height: 0 }
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns)
    const tile = tileIn(
      Math.max(0, (width - gap * (columns - 1)) / columns),
      Math.max(0, (height - gap * (rows - 1)) / rows),
      narrowest,
    )
    const gain = tile.width * tile.height - best.width * best.height
    const isFuller = columns * rows < best.columns * best.rows
    if (gain > 0 || (gain === 0 && isFuller)) best = { columns, rows, ...tile }
  }
  return best
}
