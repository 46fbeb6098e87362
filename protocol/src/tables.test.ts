import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CLIENT_EVENTS, SERVER_EVENTS } from './event-tables.ts'
import { ROUTE_SECTIONS } from './route-tables.ts'
import { toDetails } from './validation.ts'

const routes = ROUTE_SECTIONS.flatMap(({ base, routes: table }) =>
  Object.entries(table).map(([name, route]) => ({ name, route, place: `${route.method} ${base}${route.path}` })),
)

const HOSTILE: unknown[] = [
  undefined,
  null,
  [],
  [[]],
  '',
  'x'.repeat(900_000),
  0,
  Number.NaN,
  true,
  () => 1,
  Symbol('s'),
  10n,
  JSON.parse('{"__proto__":{"courseId":"c"},"courseId":{"toString":1},"course_id":["c"],"message":{"length":1}}'),
  { courseId: '\ud800', course_id: '\ud800', message_id: 'a/b', message: '\u0000', emoji: '\ud83d', token: 7, seq: -1 },
  Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i])),
]

describe('the route tables', () => {
  it('name each route once, and put each in one place', () => {
    expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length)
    expect(new Set(routes.map(({ place }) => place)).size).toBe(routes.length)
  })

  it.each(routes)('$name: its schemas describe its path and its answer', ({ route }) => {
    const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name)
    const params = route.params === undefined ? {} : z.toJSONSchema(route.params, { io: 'input' }).properties
    expect(Object.keys(params ?? {})).toEqual(inPath)
    expect(route.response === undefined).toBe(route.status === 204 || route.produces !== undefined)
    if (route.meta !== undefined) expect(route.query).toBeDefined()
  })

  it('GEN2: a DELETE answers 204', () => {
    for (const { route } of routes) if (route.method === 'delete') expect(route.status).toBe(204)
  })

  it.each(routes.filter(({ route }) => route.body !== undefined))(
    'GEN28: $name takes any body without throwing',
    ({ route }) => {
      for (const input of HOSTILE) expect(typeof route.body?.safeParse(input).success).toBe('boolean')
    },
  )
})

describe('the event tables', () => {
  it.each(Object.entries(CLIENT_EVENTS))('GEN28: %s refuses what is no payload, and echoes none of it', (_, event) => {
    for (const input of HOSTILE) {
      const result = event.payload.safeParse(input)
      expect(result.success).toBe(false)
      if (!result.success) expect(JSON.stringify(toDetails(result.error)).length).toBeLessThan(2000)
    }
  })

  it('are all expressible as JSON Schema', () => {
    for (const event of Object.values(CLIENT_EVENTS)) {
      expect(z.toJSONSchema(event.payload, { io: 'input' })).toMatchObject({ type: 'object' })
      expect(() => z.toJSONSchema(event.ack)).not.toThrow()
    }
    for (const event of Object.values(SERVER_EVENTS)) expect(() => z.toJSONSchema(event.payload)).not.toThrow()
  })
})
