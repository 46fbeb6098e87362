import { readFileSync } from 'node:fs'

export const LANGUAGES = ['en', 'vi'] as const
export type Language = (typeof LANGUAGES)[number]

const NAMESPACES = ['account', 'chat', 'class', 'classes', 'common', 'courses', 'files'] as const

/** What the web client says in one language, by key, as `chat:composer.send`. */
export interface Texts {
  readonly language: Language
  /** @throws Error for a key that does not exist */
  text(key: string, values?: Readonly<Record<string, string | number>>): string
  /** The same, whatever its values are, in any plural. @throws Error for a key that does not exist */
  like(key: string): RegExp
  readonly all: ReadonlyMap<string, string>
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g
const PLURAL = /_(zero|one|two|few|many|other)$/
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function* leaves(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value))
      yield* leaves(child, /[:]$/.test(path) ? path + key : `${path}.${key}`)
  }
}

function readAll(language: Language): Map<string, string> {
  const files = NAMESPACES.map((namespace) => {
    const file = new URL(`../../frontend/src/locales/${language}/${namespace}.json`, import.meta.url)
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return [...leaves(content, `${namespace}:`)]
  })
  return new Map(files.flat())
}

/** Reads the web client's own files of texts. */
export function textsOf(language: Language): Texts {
  const all = readAll(language)
  const plurals = new Intl.PluralRules(language)
  const formsOf = (key: string): string[] => {
    const forms = [...all].filter(([name]) => name === key || name.replace(PLURAL, '') === key).map(([, text]) => text)
    if (forms.length === 0) throw new Error(`The web client has no text ${key}.`)
    return forms
  }
  return {
    language,
    all,
    text(key, values = {}) {
      const plural = `${key}_${plurals.select(Number(values['count'] ?? 0))}`
      const template = all.get(key) ?? all.get(plural) ?? all.get(`${key}_other`) ?? formsOf(key)[0] ?? ''
      return template.replaceAll(PLACEHOLDER, (_match, name: string) => String(values[name] ?? ''))
    },
    like(key) {
      const forms = formsOf(key).map((form) =>
        form
          .split(/\{\{\w+\}\}/)
          .map(escaped)
          .join('.*'),
      )
      return new RegExp(`^(${forms.join('|')})$`, 's')
    },
  }
}
