import i18next, { type BackendModule, type ResourceKey } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { LANGUAGE_KEY, LANGUAGES, languageOf, preferredLanguage } from '../locales/languages.ts'
import { readStored, writeStored } from '../ui/storage.ts'

const resources = import.meta.glob<ResourceKey>('../locales/*/*.json', { import: 'default' })

/** Each namespace of each language is a file of its own, fetched when it is first needed. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, callback) {
    const load = resources[`../locales/${language}/${namespace}.json`]
    if (load === undefined) return callback(new Error(`No texts: ${language}/${namespace}`), null)
    load().then(
      (texts) => callback(null, texts),
      // `true`: i18next tries again, a few times.
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), true),
    )
  },
}

function followLanguage(tag: string): void {
  document.documentElement.lang = tag
  const language = languageOf(tag)
  if (language !== undefined) writeStored(LANGUAGE_KEY, language)
}

/** Ready when the texts of the first page are there. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', followLanguage)
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage([readStored(LANGUAGE_KEY), ...navigator.languages]),
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
}
