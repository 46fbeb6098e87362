import type { Cut, Direction, Rule } from './faults.ts'
import { WebSocketReader } from './websocket-reader.ts'

/** One WebSocket text frame on its way. */
export interface Frame {
  readonly connection: number
  readonly direction: Direction
  readonly text: string
}

/**
 * A rule by frames: what comes before the frame that is cut still passes, of the frame itself nothing arrives whole.
 * `up`, the server never hears of it; `down`, the server has done what it tells, and the client never hears of it.
 */
export function frameRule(judge: (frame: Frame) => Cut | undefined): Rule {
  const readers = new Map<string, WebSocketReader>()
  const readerOf = (key: string): WebSocketReader => {
    const known = readers.get(key) ?? new WebSocketReader()
    readers.set(key, known)
    return known
  }
  return ({ connection, direction, chunk }) => {
    for (const { text, start } of readerOf(`${direction} ${connection}`).read(chunk)) {
      const cut = judge({ connection, direction, text })
      if (cut !== undefined) return { passing: start, cut }
    }
    return undefined
  }
}
