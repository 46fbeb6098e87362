import { FILE_CATEGORIES } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { refusalOf } from './upload-refusal.ts'

const { maxBytes } = FILE_CATEGORIES.document

describe('before it is sent, a file', () => {
  it.each([
    ['Bài giảng.PDF', maxBytes],
    ['a.tar.gz', 1],
    ['clip.mp4', FILE_CATEGORIES.video.maxBytes],
  ])('called %s of %d bytes is let through', (name, size) => {
    expect(refusalOf({ name, size })).toBeUndefined()
  })

  it('is refused for a byte too many, with the limit of its category', () => {
    expect(refusalOf({ name: 'a.pdf', size: maxBytes + 1 })).toEqual({ kind: 'size', category: 'document', maxBytes })
  })

  it.each([
    ['virus.exe', '.exe'],
    ['README', ''],
    ['.pdf', ''],
    ['a.pdf.sh', '.sh'],
  ])('called %s is refused for its type', (name, extension) => {
    expect(refusalOf({ name, size: 1 })).toEqual({ kind: 'type', extension })
  })

  it('without a byte is refused', () => {
    expect(refusalOf({ name: 'a.pdf', size: 0 })).toEqual({ kind: 'empty' })
  })
})
