import type { Upload } from '@lectern/client'

/** What all uploads amount to. */
export interface TraySummary {
  /** How many go on by themselves. */
  readonly underWay: number
  /** How many go on when the person does something. */
  readonly waiting: number
  readonly done: number
  /** What is refused included. */
  readonly failed: number
  /** 0 to 1, of the bytes of what is not refused; undefined where nothing is on its way. */
  readonly progress: number | undefined
}

/** Bytes that are there already, or have left. */
export function sentOf({ state, size }: Upload): number {
  switch (state.kind) {
    case 'uploading':
    case 'paused':
    case 'interrupted':
    case 'needs_file':
      return state.sent
    case 'done':
      return size
    case 'waiting':
    case 'elsewhere':
    case 'failed':
    case 'cancelled':
      return 0
  }
}

const UNDER_WAY: ReadonlySet<Upload['state']['kind']> = new Set(['waiting', 'uploading', 'interrupted', 'elsewhere'])
const WAITING: ReadonlySet<Upload['state']['kind']> = new Set(['paused', 'needs_file'])

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** @param refused how many were not sent at all */
export function summaryOf(uploads: readonly Upload[], refused: number): TraySummary {
  const those = (isSo: (upload: Upload) => boolean): number => uploads.filter(isSo).length
  const underWay = those(({ state }) => UNDER_WAY.has(state.kind))
  const waiting = those(({ state }) => WAITING.has(state.kind))
  const counted = uploads.filter(({ state }) => state.kind !== 'failed' && state.kind !== 'elsewhere')
  const size = sum(counted.map((upload) => upload.size))
  return {
    underWay,
    waiting,
    done: those(({ state }) => state.kind === 'done'),
    failed: those(({ state }) => state.kind === 'failed') + refused,
    progress: underWay + waiting === 0 || size === 0 ? undefined : sum(counted.map(sentOf)) / size,
  }
}
