import { expect, it } from 'vitest'
import { cameraEncoding, screenEncoding } from './encoding.ts'

it('a camera is scaled to the lines of its rung, and never up', () => {
  expect(cameraEncoding({ rung: 1, isProbing: false, peers: 1, shorterSide: 720 })).toMatchObject({
    active: true,
    scaleResolutionDownBy: 4,
  })
  expect(cameraEncoding({ rung: 3, isProbing: false, peers: 1, shorterSide: 480 })).toMatchObject({
    scaleResolutionDownBy: 1,
  })
  expect(cameraEncoding({ rung: 0, isProbing: false, peers: 1, shorterSide: 720 })).toMatchObject({ active: false })
})

it('what all together are sent is bounded, and divided evenly', () => {
  expect(cameraEncoding({ rung: 2, isProbing: false, peers: 2, shorterSide: 720 }).maxBitrate).toBe(600_000)
  expect(cameraEncoding({ rung: 2, isProbing: false, peers: 7, shorterSide: 720 }).maxBitrate * 7).toBeLessThanOrEqual(
    2_400_010,
  )
  expect(screenEncoding(4).maxBitrate).toBe(600_000)
})

it('a probe allows more bits, and is of the same size', () => {
  const probe = cameraEncoding({ rung: 1, isProbing: true, peers: 1, shorterSide: 720 })
  expect(probe).toMatchObject({ maxBitrate: 600_000, scaleResolutionDownBy: 4 })
})
