import { describe, expect, it } from 'vitest'
import { GAP, layout } from './layout.ts'

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8]
/** Inside of the page: a desk's, a small laptop's, a phone's, a phone's on its side, nearly nothing. */
const SPACES = [
  [1900, 960],
  [1400, 780],
  [1000, 560],
  [344, 560],
  [720, 240],
  [120, 90],
] as const

const shapes = (width: number, height: number) =>
  COUNTS.map((count) => {
    const { columns, rows } = layout(count, width, height)
    return `${columns}x${rows}`
  })

describe('tiles', () => {
  it.each(SPACES)('all fit into %i by %i', (width, height) => {
    for (const count of COUNTS) {
      const { columns, rows, ...tile } = layout(count, width, height)
      expect(columns * rows).toBeGreaterThanOrEqual(count)
      expect(columns * tile.width + GAP * (columns - 1)).toBeLessThanOrEqual(width)
      expect(rows * tile.height + GAP * (rows - 1)).toBeLessThanOrEqual(height)
    }
  })

  it.each(SPACES)('are neither flatter than a screen nor narrower than a portrait, in %i by %i', (width, height) => {
    for (const count of COUNTS) {
      const tile = layout(count, width, height)
      expect(tile.width / tile.height).toBeLessThan(16 / 9 + 0.05)
      expect(tile.width / tile.height).toBeGreaterThan(4 / 5 - 0.05)
    }
  })

  it('stand side by side where it is wide, and below each other on a phone', () => {
    expect(shapes(1400, 780)).toEqual(['1x1', '2x1', '2x2', '2x2', '3x2', '3x2', '3x3', '3x3'])
    expect(shapes(344, 560)).toEqual(['1x1', '1x2', '1x3', '2x2', '2x3', '2x3', '2x4', '2x4'])
    expect(shapes(720, 240)).toEqual(['1x1', '2x1', '3x1', '4x1', '3x2', '3x2', '4x2', '4x2'])
  })

  it('are as large as they can be: in no other number of columns would they be larger', () => {
    for (const [width, height] of SPACES) {
      for (const count of COUNTS) {
        const chosen = layout(count, width, height)
        const narrowest = width < height ? 4 / 5 : 6 / 5
        const areas = COUNTS.filter((columns) => columns <= count).map((columns) => {
          const rows = Math.ceil(count / columns)
          const tall = (height - GAP * (rows - 1)) / rows
          const across = Math.min((width - GAP * (columns - 1)) / columns, (tall * 16) / 9)
          return Math.max(0, Math.floor(across)) * Math.max(0, Math.floor(Math.min(tall, across / narrowest)))
        })
        expect(chosen.width * chosen.height).toBe(Math.max(...areas))
      }
    }
  })

  it('need no space to be counted', () => {
    expect(layout(4, 0, 0)).toMatchObject({ width: 0, height: 0 })
    expect(layout(0, 800, 600)).toEqual({ columns: 1, rows: 1, width: 0, height: 0 })
  })
})
