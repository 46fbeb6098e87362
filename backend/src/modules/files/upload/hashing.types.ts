/** What the thread that hashes is asked. `hash` is a number that the asker gives. */
export type ToHashThread =
  | { readonly type: 'open'; readonly hash: number }
  | { readonly type: 'copy'; readonly hash: number; readonly to: number }
  | { readonly type: 'drop'; readonly hash: number }
  | { readonly type: 'update'; readonly hash: number; readonly bytes: Uint8Array }
  | { readonly type: 'digest'; readonly hash: number }

/** One for each `update` and `digest`, in their order. */
export interface FromHashThread {
  /** Lower-case hex; of an `update` none. */
  readonly sha256: string
}
