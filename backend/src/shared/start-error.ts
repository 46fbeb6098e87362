/** EX_CONFIG of sysexits.h: the set-up is wrong, and starting again does not help. */
const EX_CONFIG = 78

/** The process cannot start, and its operator can mend it: `message` is the one line that they are shown, `exitCode` what the process exits with. */
export class StartError extends Error {
  readonly exitCode = EX_CONFIG

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
  }
}
