/** A value that changes, as React's `useSyncExternalStore` wants it: the snapshot is the same object until it changes. */
export interface Readable<State> {
  getSnapshot(): State
  /** @returns ends the subscription */
  subscribe(listener: () => void): () => void
}
