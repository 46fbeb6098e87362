import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { expect, it } from 'vitest'
import { VARIABLES } from './variables.ts'

const text = await readFile(new URL('../../../.env.example', import.meta.url), 'utf8')

it('.env.example lists every variable in order, with what it is and its default, and no other', () => {
  const listed = [...text.matchAll(/^# (.+)\n#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, about, name, value]) => ({
    about,
    name,
    value,
  }))
  expect(listed).toEqual(
    Object.values(VARIABLES).map(({ name, about, status, default: value }) => ({
      about: status === 'planned' ? `(Not built yet: any value is refused.) ${about}` : about,
      name,
      value: value ?? '',
    })),
  )
  expect(text.match(/^#[A-Z]/gm)).toHaveLength(listed.length)
})

it('.env.example sets nothing as it stands', () => {
  expect(parseEnv(text)).toEqual({})
})
