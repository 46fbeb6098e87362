export interface RootElement {
  /** With its prefix. */
  readonly name: string
  /** As written, but for entities that the document declares itself: drawing programs write namespaces so. */
  readonly attributes: ReadonlyMap<string, string>
}

type Span = readonly [open: string, close: string]

const INSTRUCTION: Span = ['<?', '?>']
const COMMENT: Span = ['<!--', '-->']
const SPACES = /\s*/y
const DOCTYPE = '<!DOCTYPE'
/** What in a document type declaration may hold its end without ending it. */
const WITHIN_DOCTYPE: readonly Span[] = [COMMENT, INSTRUCTION, ['"', '"'], ["'", "'"]]

/** XML 1.0, 3.1; of ASCII a name holds letters, digits and `_:.-` alone. */
const START_TAG = /<([\w:.\-\u0080-\uFFFF]+)((?:\s+[\w:.\-\u0080-\uFFFF]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/y
const UNFINISHED_START_TAG = /^<(?:[\w:\u0080-\uFFFF][^<]*)?$/
const ATTRIBUTE = /\s([\w:.\-\u0080-\uFFFF]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const ENTITY = /<!ENTITY\s+([\w:.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g

/**
 * The root element of an XML document, of which this is the beginning. `none`: it is not XML; `unfinished`: the
 * beginning ends within the prologue or the start tag. Its time grows with the text and no faster.
 */
export function rootElement(text: string): RootElement | 'none' | 'unfinished' {
  const start = endOfPrologue(text)
  if (text.slice(0, start).includes('\0')) return 'none'
  if (start === undefined) return 'unfinished'
  START_TAG.lastIndex = start
  const tag = START_TAG.exec(text)
  if (tag !== null) return { name: tag[1] ?? '', attributes: attributesOf(tag[2] ?? '', text.slice(0, start)) }
  return mayGoOn(text.slice(start)) ? 'unfinished' : 'none'
}

/** Undefined where the text ends within it. */
function endOfPrologue(text: string): number | undefined {
  let at: number | undefined = 0
  while (at !== undefined) {
    at = endOfSpaces(text, at)
    if (text.startsWith(INSTRUCTION[0], at)) at = endOf(text, at, INSTRUCTION)
    else if (text.startsWith(COMMENT[0], at)) at = endOf(text, at, COMMENT)
    else if (text.startsWith(DOCTYPE, at)) at = endOfDoctype(text, at)
    else return at
  }
  return undefined
}

function endOfSpaces(text: string, at: number): number {
  SPACES.lastIndex = at
  SPACES.test(text)
  return SPACES.lastIndex
}

function endOf(text: string, at: number, [open, close]: Span): number | undefined {
  const end = text.indexOf(close, at + open.length)
  return end === -1 ? undefined : end + close.length
}

/** Declarations in brackets may come before its end. */
function endOfDoctype(text: string, start: number): number | undefined {
  let isInBrackets = false
  let at: number | undefined = start + DOCTYPE.length
  while (at !== undefined && at < text.length) {
    const here: number = at
    const span = WITHIN_DOCTYPE.find(([open]) => text.startsWith(open, here))
    if (text[here] === '>' && !isInBrackets) return here + 1
    if (text[here] === '[') isInBrackets = true
    if (text[here] === ']') isInBrackets = false
    at = span === undefined ? here + 1 : endOf(text, here, span)
  }
  return undefined
}

/** What is left has begun as markup does, and the text ends before it does. */
const mayGoOn = (rest: string): boolean =>
  !rest.includes('\0') && (DOCTYPE.startsWith(rest) || COMMENT[0].startsWith(rest) || UNFINISHED_START_TAG.test(rest))

function attributesOf(source: string, prologue: string): Map<string, string> {
  const entities = new Map(
    [...prologue.matchAll(ENTITY)].map(([, name = '', one, other]) => [name, one ?? other ?? '']),
  )
  const resolved = (value: string) =>
    value.replace(/&([\w:.-]+);/g, (whole, name: string) => entities.get(name) ?? whole)
  return new Map(
    [...source.matchAll(ATTRIBUTE)].map(([, name = '', one, other]) => [name, resolved(one ?? other ?? '')]),
  )
}
