import { expect, it } from 'vitest'
import { captureLog } from '../../../test/harness/log-capture.ts'
import { Disposal } from './disposal.ts'

function disposal(failsAt?: string) {
  const [deleted, forgotten, unnoted]: [string[], string[], string[]] = [[], [], []]
  const { logger, lines } = captureLog()
  const storage = {
    delete: async (ids: readonly string[]) => {
      if (failsAt !== undefined && ids.includes(failsAt)) throw new Error('disk')
      deleted.push(...ids)
    },
  }
  const thumbnails = { forget: async (id: string) => void forgotten.push(id) }
  const repository = { forgetUnwanted: async (ids: readonly string[]) => void unnoted.push(...ids) }
  return { disposal: new Disposal({ storage, thumbnails, repository, logger }), deleted, forgotten, unnoted, lines }
}

it('removes bytes and thumbnails, and then what was noted of them', async () => {
  const { disposal: it, deleted, forgotten, unnoted } = disposal()
  const ids = Array.from({ length: 1200 }, (_, at) => `${at}`)
  await it.dispose(ids)
  expect([deleted, forgotten, unnoted]).toEqual([ids, ids, ids])
})

it('keeps noted what could not be removed, and fails nobody', async () => {
  const { disposal: it, unnoted, lines } = disposal('b')
  await it.dispose(['a', 'b', 'c'])
  expect(unnoted).toEqual([])
  expect(lines).toHaveLength(1)
})
