import { once } from 'node:events'
import { createServer } from 'node:http'
import { CLIENT_EVENTS, ROUTE_SECTIONS, SERVER_EVENTS } from '@lectern/protocol'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { referenceRouter } from './reference.router.ts'

const server = createServer(
  express().use(
    referenceRouter({ version: '1.2.3', publicUrl: 'https://lms.example.org/"><script>alert(1)</script>' }),
  ),
)
let origin = ''
let page = ''

const get = async (path: string) => {
  const response = await fetch(origin + path)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  origin = `http://127.0.0.1:${address.port}`
  page = (await get('/api/docs')).text
})
afterAll(() => server.close())

const captures = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, captured]) => captured ?? '')

describe('OP5: the page of the reference', () => {
  it('shows every route and every event', () => {
    const ids = new Set(captures(/ id="([^"]+)"/g))
    for (const { base, routes } of ROUTE_SECTIONS) {
      for (const [name, route] of Object.entries(routes)) {
        expect(ids).toContain(name)
        expect(page).toContain(`<code>${base}${route.path}</code>`)
      }
    }
    for (const event of [...Object.keys(CLIENT_EVENTS), ...Object.keys(SERVER_EVENTS)]) {
      expect(page).toContain(`<code>${event}</code>`)
    }
  })

  it('gives each anchor once, and links to none that is not there', () => {
    const ids = captures(/ id="([^"]+)"/g)
    expect(new Set(ids).size).toBe(ids.length)
    const known = new Set(ids)
    expect(captures(/ href="#([^"]+)"/g).filter((anchor) => !known.has(anchor))).toEqual([])
  })

  it('loads nothing from another host, and bears no script or style of its own', async () => {
    const loaded = captures(/<(?:link|script|img)[^>]* (?:href|src)="([^"]+)"/g)
    expect(loaded).toEqual(['data:,', '/api/docs/page.css', '/api/docs/page.js'])
    expect(page).not.toMatch(/<script(?! src)|<style| style=| on[a-z]+=/)
    expect((await get('/api/docs/page.css')).text).not.toMatch(/url\(|@import/)
  })

  it('escapes what is put into it', () => {
    expect(page).toContain('&quot;&gt;&lt;script&gt;')
    expect(page).not.toContain('<script>alert')
  })
})

it('OP4: serves both documents and the assets with their types', async () => {
  expect(JSON.parse((await get('/api/openapi.json')).text)).toMatchObject({ info: { version: '1.2.3' } })
  expect(JSON.parse((await get('/api/asyncapi.json')).text)).toMatchObject({ asyncapi: '3.0.0' })
  const types = await Promise.all(
    ['/api/docs', '/api/docs/page.css', '/api/docs/page.js', '/api/openapi.json'].map(
      async (path) => (await get(path)).type,
    ),
  )
  expect(types).toEqual([
    'text/html; charset=utf-8',
    'text/css; charset=utf-8',
    'text/javascript; charset=utf-8',
    'application/json; charset=utf-8',
  ])
})
