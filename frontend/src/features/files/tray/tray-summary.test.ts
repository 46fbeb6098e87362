import { LecternError, type Upload, type UploadState } from '@lectern/client'
import { describe, expect, it } from 'vitest'
import { summaryOf } from './tray-summary.ts'

const nothing = (): void => undefined

const upload = (state: UploadState, size = 100): Upload => ({
  id: state.kind,
  name: 'a.pdf',
  size,
  type: 'application/pdf',
  target: { folder: 'f' },
  startedAt: '2026-11-22T00:00:00.000Z',
  state,
  pause: nothing,
  resume: nothing,
  cancel: nothing,
  retry: nothing,
  dismiss: nothing,
  resumeWith: () => false,
  finished: () => Promise.reject(new Error('never')),
})

const UPLOADING = { kind: 'uploading', sent: 50, bytesPerSecond: undefined, secondsLeft: undefined } as const
const FAILED = { kind: 'failed', error: new LecternError('FORBIDDEN', 'No.'), retryable: false } as const

describe('the uploads together', () => {
  it('are counted by who has to do something', () => {
    const uploads = [
      upload(UPLOADING),
      upload({ kind: 'waiting' }),
      upload({ kind: 'interrupted', sent: 0, error: new LecternError('NETWORK', 'Cut.'), retryAt: 0 }),
      upload({ kind: 'paused', sent: 10 }),
      upload({ kind: 'needs_file', sent: 0 }),
      upload(FAILED),
    ]
    expect(summaryOf(uploads, 2)).toMatchObject({ underWay: 3, waiting: 2, done: 0, failed: 3 })
  })

  it('are as far as their bytes are, whatever is refused', () => {
    expect(
      summaryOf([upload(UPLOADING, 100), upload({ kind: 'waiting' }, 300), upload(FAILED, 5000)], 1).progress,
    ).toBe(0.125)
  })

  it('are no longer on their way when none goes on', () => {
    expect(summaryOf([upload(FAILED)], 0).progress).toBeUndefined()
    expect(summaryOf([], 1).progress).toBeUndefined()
  })
})
