import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const rules = [...readFileSync(join(root, 'protocol/SPEC.md'), 'utf8').matchAll(/^\| ([A-Z]+)(\d+) \|/gm)].map(
  ([, section = '', number]) => ({ section, number: Number(number) }),
)

const testFiles = ['protocol/src', 'backend/src', 'backend/test', 'sdk/src', 'frontend/src', 'e2e'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(root, folder, name)),
)

it('every rule of SPEC.md has an id of its own, in order', () => {
  for (const section of ['GEN', 'ID', 'CO', 'CH', 'FI', 'RTC', 'OP']) {
    const numbers = rules.filter((rule) => rule.section === section).map((rule) => rule.number)
    expect(numbers.length).toBeGreaterThan(0)
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other))
  }
})

it('every rule that a test cites is one of SPEC.md', () => {
  const known = new Set(rules.map(({ section, number }) => section + number))
  const cited = testFiles.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /['"`]((?:(?:GEN|ID|CO|CH|FI|RTC|OP)\d+,? )*(?:GEN|ID|CO|CH|FI|RTC|OP)\d+):/g,
      ),
    ].flatMap(([, ids = '']) => ids.split(/,? /).map((id) => ({ file: file.slice(root.length + 1), id }))),
  )
  expect(cited.length).toBeGreaterThan(0)
  expect(cited.filter(({ id }) => !known.has(id))).toEqual([])
})
