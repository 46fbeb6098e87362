import { parseSync } from '@swc/core'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from './languages.ts'

const FILES = import.meta.glob<unknown>('./*/*.json', { import: 'default', eager: true })
const SOURCES = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!../**/*.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

const PLURAL = /_(zero|one|two|few|many|other)$/
const PLACEHOLDER = /\{\{\s*(\w+)/g
const LETTER = /\p{L}/u
/** What a browser shows, or a screen reader says. */
const SHOWN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'label',
  'placeholder',
  'title',
])

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function flatten(tree: unknown, path = ''): [key: string, text: string][] {
  if (typeof tree === 'string') return [[path, tree]]
  if (!isObject(tree)) throw new TypeError(`${path} is neither a text nor a group of texts.`)
  return Object.entries(tree).flatMap(([name, below]) => flatten(below, path === '' ? name : `${path}.${name}`))
}

/** `namespace:key` → text. */
function textsOf(language: Language): ReadonlyMap<string, string> {
  const own = Object.entries(FILES).filter(([path]) => path.startsWith(`./${language}/`))
  return new Map(
    own.flatMap(([path, tree]) => {
      const namespace = /([^/]+)\.json$/.exec(path)?.[1]
      return flatten(tree).map(([key, text]): [string, string] => [`${namespace}:${key}`, text])
    }),
  )
}

const TEXTS = new Map(LANGUAGES.map((language) => [language, textsOf(language)]))
const textsIn = (language: Language) => TEXTS.get(language) ?? new Map<string, string>()

const baseOf = (key: string): string => key.replace(PLURAL, '')
const keysOf = (language: Language): string[] => [...new Set([...textsIn(language).keys()].map(baseOf))].sort()

interface Node extends Record<string, unknown> {
  readonly type: string
}

const isNode = (value: unknown): value is Node => isObject(value) && typeof value['type'] === 'string'

function* nodesOf(value: unknown): Generator<Node> {
  if (isNode(value)) yield value
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item)
  else if (isObject(value)) for (const below of Object.values(value)) yield* nodesOf(below)
}

const parse = (path: string, source: string): Node[] => [
  ...nodesOf(parseSync(source, { syntax: 'typescript', tsx: path.endsWith('.tsx') })),
]
const PARSED = Object.entries(SOURCES).map(([path, source]) => ({ path, nodes: parse(path, source) }))

const literal = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'StringLiteral' && typeof node['value'] === 'string' ? node['value'] : undefined

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a literal or a template may stand for; a template that begins with a hole tells nothing. */
function patternOf(node: unknown): RegExp | undefined {
  const text = literal(node)
  if (text !== undefined) return new RegExp(`^${escaped(text)}$`)
  if (!isNode(node) || node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return undefined
  const parts = node['quasis'].map((quasi: unknown) => (isObject(quasi) ? String(quasi['raw']) : ''))
  return parts[0] === '' ? undefined : new RegExp(`^${parts.map(escaped).join('[^.]+')}$`)
}

const argumentsOf = (call: Node): unknown[] =>
  Array.isArray(call['arguments'])
    ? call['arguments'].map((argument: unknown) => (isObject(argument) ? argument['expression'] : undefined))
    : []

const calls = (nodes: readonly Node[], name: string): Node[] =>
  nodes.filter(({ type, callee }) => type === 'CallExpression' && isNode(callee) && callee['value'] === name)

/** The namespaces of keys without one: the first that each `useTranslation` names. */
function namespacesOf(nodes: readonly Node[]): string[] {
  return calls(nodes, 'useTranslation').map((call) => {
    const first = [...nodesOf(argumentsOf(call)[0])].find((node) => literal(node) !== undefined)
    return literal(first) ?? 'common'
  })
}

/** The keys that a pattern out of a file stands for; of any namespace where it is none of the file's: `t` may be given. */
function meant(pattern: RegExp, namespaces: readonly string[], keys: readonly string[]): string[] {
  const matching = keys.filter((key) => pattern.test(key) || pattern.test(key.slice(key.indexOf(':') + 1)))
  const own = matching.filter((key) => pattern.test(key) || namespaces.includes(key.slice(0, key.indexOf(':'))))
  return own.length > 0 ? own : matching
}

describe('the texts', () => {
  it.each(LANGUAGES)('are in %s what they are in the others', (language) => {
    expect(keysOf(language)).toEqual(keysOf('en'))
  })

  it.each(LANGUAGES)('have in %s every plural that the language has, and no other', (language) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    const plurals = Map.groupBy(
      [...textsIn(language).keys()].filter((key) => PLURAL.test(key)),
      baseOf,
    )
    const wrong = [...plurals].filter(([base, forms]) => {
      // i18next takes `_zero` in any language: “none” is often said in other words.
      const found = forms.map((form) => form.slice(base.length + 1)).filter((form) => form !== 'zero')
      return found.toSorted().join() !== pluralCategories.toSorted().join()
    })
    expect(wrong).toEqual([])
  })

  it.each(LANGUAGES)('are not empty in %s, and have the placeholders of the English ones', (language) => {
    const placeholders = (texts: ReadonlyMap<string, string>, base: string) => {
      const forms = [...texts].filter(([key]) => baseOf(key) === base).map(([, text]) => text)
      return [...new Set(forms.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map((match) => match[1])))].sort()
    }
    const wrong = keysOf(language).filter(
      (base) => placeholders(textsIn(language), base).join() !== placeholders(textsIn('en'), base).join(),
    )
    const empty = [...textsIn(language)].filter(([, text]) => text.trim() === '')
    expect({ wrong, empty }).toEqual({ wrong: [], empty: [] })
  })

  it('are all used', () => {
    const keys = keysOf('en')
    const used = new Set<string>()
    for (const { nodes } of PARSED) {
      const namespaces = namespacesOf(nodes)
      const patterns = nodes.map(patternOf).filter((pattern) => pattern !== undefined)
      for (const pattern of patterns) for (const key of meant(pattern, namespaces, keys)) used.add(key)
    }
    expect(keys.filter((key) => !used.has(key))).toEqual([])
  })

  it('are there for every t(…)', () => {
    const keys = keysOf('en')
    const missing = PARSED.flatMap(({ path, nodes }) => {
      const namespaces = namespacesOf(nodes)
      const patterns = calls(nodes, 't').map((call) => patternOf(argumentsOf(call)[0]))
      return patterns
        .filter((pattern) => pattern !== undefined && meant(pattern, namespaces, keys).length === 0)
        .map((pattern) => `${path}: ${pattern?.source}`)
    })
    expect(missing).toEqual([])
  })
})

function hardWired(node: Node): string | undefined {
  if (node.type === 'JSXText' && typeof node['value'] === 'string') return node['value'].trim()
  if (node.type !== 'JSXAttribute' || !isObject(node['name'])) return undefined
  if (!SHOWN.has(String(node['name']['value']))) return undefined
  const value = node['value']
  return literal(isNode(value) && value.type === 'JSXExpressionContainer' ? value['expression'] : value)
}

/** The strings in braces between tags, such as `{isNew ? 'New' : ''}`. */
function inBraces(node: Node): string[] {
  if (node.type !== 'JSXElement' || !Array.isArray(node['children'])) return []
  const shown = node['children'].filter((child) => isNode(child) && child.type === 'JSXExpressionContainer')
  return shown.flatMap((child: unknown) => {
    const expression = isObject(child) ? child['expression'] : undefined
    const { consequent, alternate } = isObject(expression) ? expression : {}
    return [expression, consequent, alternate].map((value) => literal(value) ?? '')
  })
}

describe('no text is hard-wired', () => {
  it('in what the components draw', () => {
    const found = PARSED.flatMap(({ path, nodes }) =>
      nodes
        .flatMap((node) => [hardWired(node) ?? '', ...inBraces(node)])
        .filter((text) => LETTER.test(text))
        .map((text) => `${path}: ${text}`),
    )
    expect(found).toEqual([])
  })

  it('and the search would find it', () => {
    const source = `const a = <p title="One">Two {'Three'} {x ? 'Four' : ''} <b aria-label={'Five'} className="no" /></p>`
    const nodes = parse('a.tsx', source)
    const found = nodes.flatMap((node) => [hardWired(node) ?? '', ...inBraces(node)]).filter(Boolean)
    expect(found.sort()).toEqual(['Five', 'Four', 'One', 'Three', 'Two'])
  })
})
