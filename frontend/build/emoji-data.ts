import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'
import { LANGUAGES, type Language } from '../src/locales/languages.ts'
import { fold } from '../src/ui/fold.ts'

/** What the picker reads of one emoji in Emojibase's form. */
export interface EmojiEntry {
  readonly emoji: string
  readonly label: string
  readonly group: number
  readonly subgroup: number
  readonly version: number
  readonly tags: readonly string[]
  readonly skins?: readonly { readonly emoji: string; readonly tone: number }[]
}

interface EmojibaseEntry extends Omit<EmojiEntry, 'group' | 'subgroup' | 'tags' | 'skins'> {
  readonly group?: number
  readonly subgroup?: number
  readonly tags?: readonly string[]
  readonly skins?: readonly { readonly emoji: string; readonly tone: number | readonly number[] }[]
}

/** Where the picker looks, below the base: `/emoji/vi/data.json`. Not below `assets/`: the names bear no digest. */
const FOLDER = 'emoji'
const ONE_RGI_EMOJI = /^\p{RGI_Emoji}$/v
/** Regional indicators and skin tones by themselves are no emoji to pick. */
const COMPONENTS = 2
/**
 * Of 2023: what is newer, others may see as an empty box, and Unicode 15.1 is what the oldest Node that runs the server
 * knows.
 */
const NEWEST = 15.1

const require = createRequire(import.meta.url)
const read = (language: Language, name: string): Promise<string> =>
  readFile(require.resolve(`emojibase-data/${language}/${name}.json`), 'utf8')

/** Emojibase asks for the picture (U+FE0F) also where Unicode recommends the emoji without it: “👍️” for “👍”. */
const recommended = (emoji: string): string => (ONE_RGI_EMOJI.test(emoji) ? emoji : emoji.replace(/\uFE0F$/, ''))

const folded = (texts: readonly string[]): string[] => texts.map(fold).filter((text) => !texts.includes(text))

/** Without what the picker does not read; found without diacritics too, since that is how many people type. */
const slim = ({ emoji, label, group, subgroup, version, tags = [], skins }: EmojibaseEntry): EmojiEntry[] => {
  if (group === undefined || subgroup === undefined || group === COMPONENTS || version > NEWEST) return []
  const tones = skins?.flatMap((skin) =>
    typeof skin.tone === 'number' ? [{ emoji: recommended(skin.emoji), tone: skin.tone }] : [],
  )
  return [
    {
      emoji: recommended(emoji),
      label,
      group,
      subgroup,
      version,
      tags: [...new Set([...tags, ...folded([label.toLowerCase(), ...tags])])],
      ...(tones === undefined ? {} : { skins: tones }),
    },
  ]
}

export const emojiEntries = async (language: Language): Promise<EmojiEntry[]> => {
  const entries: EmojibaseEntry[] = JSON.parse(await read(language, 'data'))
  return entries.flatMap(slim)
}

const contentOf = async (language: Language, name: string): Promise<string | undefined> => {
  if (name === 'data') return JSON.stringify(await emojiEntries(language))
  return name === 'messages' ? JSON.stringify(JSON.parse(await read(language, 'messages'))) : undefined
}

/** Serves the emoji picker's data from here, in the languages that the client speaks. */
export const emojiData = (): Plugin => ({
  name: 'lectern-emoji-data',
  configureServer(server) {
    server.middlewares.use(`/${FOLDER}`, (request, response, next) => {
      const [, tag, name] = /^\/(\w+)\/(\w+)\.json/.exec(request.url ?? '') ?? []
      const language = LANGUAGES.find((known) => known === tag)
      if (language === undefined || name === undefined) return next()
      contentOf(language, name).then((content) => {
        if (content === undefined) return next()
        response.setHeader('Content-Type', 'application/json').end(content)
      }, next)
    })
  },
  async generateBundle() {
    for (const language of LANGUAGES) {
      for (const name of ['data', 'messages']) {
        const source = await contentOf(language, name)
        if (source !== undefined)
          this.emitFile({ type: 'asset', fileName: `${FOLDER}/${language}/${name}.json`, source })
      }
    }
  },
})
