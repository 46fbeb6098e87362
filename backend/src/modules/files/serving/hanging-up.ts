/** Who has hung up has nothing to be told. @throws any other error of a `pipeline` into an answer */
export function unlessHungUp(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error
}
