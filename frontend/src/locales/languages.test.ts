import { expect, it } from 'vitest'
import { languageOf, preferredLanguage } from './languages.ts'

it('knows a language by any tag of it', () => {
  expect(['vi', 'vi-VN', 'VI', 'en-GB', 'fr', '', null, undefined].map(languageOf)).toEqual([
    ...['vi', 'vi', 'vi', 'en'],
    ...[undefined, undefined, undefined, undefined],
  ])
})

it('prefers the first that is spoken here, and English where none is', () => {
  expect(preferredLanguage([null, 'fr-FR', 'vi-VN', 'en'])).toBe('vi')
  expect(preferredLanguage(['fr'])).toBe('en')
})
