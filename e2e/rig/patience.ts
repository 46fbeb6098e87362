/** Enough for a page of two cores that others keep busy too; a wait that succeeds takes no longer than it needs. */
export const PATIENCE_MS = 45_000
