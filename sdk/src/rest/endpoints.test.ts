import { API_BASE, ROUTE_SECTIONS } from '@lectern/protocol'
import { expect, it } from 'vitest'
import { ENDPOINTS, isOpen } from './endpoints.ts'

const operations = ROUTE_SECTIONS.filter(({ base }) => base === API_BASE)
  .flatMap(({ routes }) => Object.entries(routes))
  .filter(([, { form, produces }]) => form === undefined && produces === undefined)

it('the endpoints are those of the protocol, every one that takes and answers JSON', () => {
  expect(ENDPOINTS).toEqual(
    Object.fromEntries(operations.map(([name, { method, path }]) => [name, `${method.toUpperCase()} ${path}`])),
  )
})

it('those that need no identity are those of the protocol', () => {
  expect(operations.filter(([name]) => isOpen(name)).map(([name]) => name)).toEqual(
    operations.filter(([, { auth }]) => auth === 'none').map(([name]) => name),
  )
})
