import { expect, it } from 'vitest'
import { archiveUrl, thumbnailUrl, uploadEndpoint } from './urls.ts'

it('the address of the tus server is absolute', () => {
  expect(uploadEndpoint('https://lectern.example.org/')).toBe('https://lectern.example.org/api/v1/files/tus')
})

it('a folder’s archive is on the page’s own origin, or on the server’s', () => {
  expect(archiveUrl('Bài giảng')).toBe('/api/v1/files/archive/B%C3%A0i%20gi%E1%BA%A3ng')
  expect(archiveUrl('f1', 'https://lectern.example.org/')).toBe('https://lectern.example.org/api/v1/files/archive/f1')
})

it('a thumbnail has the width that is asked for; what is no image has none', () => {
  const thumbnail_url = 'https://lectern.example.org/api/v1/files/thumbnail/f1/a.png'
  expect(thumbnailUrl({ thumbnail_url }, 160)).toBe(`${thumbnail_url}?w=160`)
  expect(thumbnailUrl({ thumbnail_url: null }, 640)).toBeUndefined()
})
