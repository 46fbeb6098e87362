import { describe, expect, it } from 'vitest'
import { previewOf } from './preview-kind.ts'

const FULL = { hasPdfViewer: true, canPlay: (_: string, type: string) => type !== 'video/x-ms-wmv' }

describe('of a file, a browser shows', () => {
  it.each([
    ['image/png', 'image'],
    ['image/svg+xml', 'image'],
    ['application/pdf', 'pdf'],
    ['video/mp4', 'video'],
    ['audio/mpeg', 'audio'],
    ['video/x-ms-wmv', 'none'],
    ['application/zip', 'none'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'none'],
  ])('%s as %s', (type, kind) => {
    expect(previewOf(type, FULL)).toBe(kind)
  })

  it('no PDF in place where it has no viewer', () => {
    expect(previewOf('application/pdf', { ...FULL, hasPdfViewer: false })).toBe('none')
  })
})
