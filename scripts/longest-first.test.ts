import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LONGEST } from './longest-first.sequencer.ts'

it('begins with files that are there', () => {
  const root = join(import.meta.dirname, '..')
  expect(Object.keys(LONGEST).filter((file) => !existsSync(join(root, file)))).toEqual([])
})
