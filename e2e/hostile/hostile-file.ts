/** A file that somebody uploads to hurt who opens it, or the server that takes it. */
export interface HostileFile {
  /** What it tries, in words. */
  readonly what: string
  /** As it stands in the form, not escaped; bytes where it is no UTF-8. */
  readonly filename: string | Buffer
  readonly content: Buffer
}

/** A hostile file before it knows which of the corpus it is. @param run a script that tells that it ran; free of quotes, `&`, `<` and line breaks, so that it fits any markup */
export interface HostileIdea {
  readonly what: string
  readonly filename: string | Buffer
  readonly content: (run: string) => string | Buffer
}

/** Where a script that ran asks, beside calling the binding: one of the two is heard whatever the policy of its page. */
export const BEACON = '/ran/'
/** The function that the browser under test gives to every frame. */
export const BINDING = 'lecternRan'

export const runOf = (id: number): string => `self.${BINDING}?${BINDING}(${id}):0;new Image().src=\`${BEACON}${id}\``
