import { describe, expect, it } from 'vitest'
import { ownPath, thumbnailPath } from './own-path.ts'

describe('the URL of a record', () => {
  it('is taken from the origin of the page', () => {
    expect(ownPath('https://lms.example.org/api/v1/files/view/f/b%C3%A0i.pdf?x=1')).toBe(
      '/api/v1/files/view/f/b%C3%A0i.pdf?x=1',
    )
  })

  it('of a thumbnail says how wide, whatever it says else', () => {
    expect(thumbnailPath({ thumbnail_url: 'https://a.example/api/v1/files/thumbnail/f/a.png' }, 320)).toBe(
      '/api/v1/files/thumbnail/f/a.png?w=320',
    )
    expect(thumbnailPath({ thumbnail_url: 'https://a.example/t?w=160' }, 640)).toBe('/t?w=640')
    expect(thumbnailPath({ thumbnail_url: null }, 160)).toBeUndefined()
  })
})
