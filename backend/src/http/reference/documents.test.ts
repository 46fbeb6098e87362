import { CLIENT_EVENTS, ROUTE_SECTIONS, SERVER_EVENTS } from '@lectern/protocol'
import { describe, expect, it } from 'vitest'
import { createAsyncApi } from './asyncapi.ts'
import { createOpenApi } from './openapi.ts'

const openapi = createOpenApi('1.2.3', 'https://lms.example.org')
const asyncapi = createAsyncApi('1.2.3', 'https://lms.example.org')

const isRecord = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null

/** Every value at any depth that `key` names. */
const valuesOf = (node: unknown, key: string): unknown[] =>
  isRecord(node)
    ? Object.entries(node).flatMap(([name, child]) => [...(name === key ? [child] : []), ...valuesOf(child, key)])
    : []

const resolve = (document: unknown, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, step) => (isRecord(node) ? node[step] : undefined), document)

const unresolved = (document: unknown) =>
  valuesOf(document, '$ref').filter(
    (reference) => typeof reference !== 'string' || resolve(document, reference) === undefined,
  )

const routes = ROUTE_SECTIONS.flatMap(({ base, routes: table }) =>
  Object.entries(table).map(([name, route]) => ({ name, route, path: (base + route.path).replace(/:(\w+)/g, '{$1}') })),
)

describe('OP4: the OpenAPI document', () => {
  it('is of version 3.1, and has what 3.1 asks for', () => {
    expect(openapi.openapi).toMatch(/^3\.1\.\d+$/)
    expect(openapi.info).toMatchObject({ title: 'Lectern', version: '1.2.3' })
    expect(openapi.servers).toEqual([{ url: 'https://lms.example.org' }])
  })

  it('has every route and no other', () => {
    const described = Object.entries(openapi.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    )
    const tus = ['options', 'post'].map((method) => `${method} /api/v1/files/tus`)
    const upload = ['head', 'patch', 'delete'].map((method) => `${method} /api/v1/files/tus/{id}`)
    const known = routes.map(({ route, path }) => `${route.method} ${path}`)
    expect(described.sort()).toEqual([...known, ...tus, ...upload].sort())
  })

  it('names each operation once', () => {
    const ids = valuesOf(openapi.paths, 'operationId')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(routes)('$name: its path, parameters, answers and security belong together', ({ name, route, path }) => {
    const operation = openapi.paths?.[path]?.[route.method]
    if (operation === undefined) throw new Error(`${name} is not described.`)
    const parameters = (operation.parameters ?? []).filter((parameter) => 'in' in parameter)
    const inPath = parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map((parameter) => `{${parameter.name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
    expect(inPath.every((parameter) => parameter.required === true)).toBe(true)
    expect(operation.requestBody === undefined).toBe((route.body ?? route.form) === undefined)
    expect(Object.keys(operation.responses ?? {})).toContain(`${route.status}`)
    const schemes = (operation.security ?? []).flatMap((requirement) => Object.keys(requirement))
    for (const scheme of schemes) expect(openapi.components?.securitySchemes).toHaveProperty(scheme)
    expect(operation.tags?.every((tag) => openapi.tags?.some(({ name: known }) => known === tag))).toBe(true)
  })

  it('tells of the resumable uploads, in words and as operations', () => {
    const files = openapi.tags?.find(({ name }) => name === 'Files')
    expect(files?.description).toContain('`/api/v1/files/tus`')
    for (const word of ['Upload-Metadata', 'File-Id', 'Upload-Checksum', 'Upload-Expires']) {
      expect(files?.description).toContain(word)
    }
    const { post, options } = openapi.paths?.['/api/v1/files/tus'] ?? {}
    const { head, patch, delete: remove } = openapi.paths?.['/api/v1/files/tus/{id}'] ?? {}
    const headersOf = (operation: typeof post) =>
      (operation?.parameters ?? []).flatMap((parameter) => ('in' in parameter ? [parameter.name] : []))
    expect(headersOf(post)).toEqual(['Tus-Resumable', 'Upload-Length', 'Upload-Metadata'])
    expect(headersOf(patch)).toEqual(['id', 'Tus-Resumable', 'Upload-Offset', 'Upload-Checksum'])
    const succeeding = [post, options, head, patch, remove].map(
      (operation) => Object.keys(operation?.responses ?? {})[0],
    )
    expect(succeeding).toEqual(['201', '204', '200', '204', '204'])
  })

  it('describes a form by its parts, and its files as bytes', () => {
    const body = openapi.paths?.['/api/v1/files/upload']?.post?.requestBody
    expect(body).toEqual({
      required: true,
      content: { 'multipart/form-data': { schema: { $ref: '#/components/schemas/UploadForm' } } },
    })
    expect(openapi.components?.schemas?.['UploadForm']).toMatchObject({
      required: ['file', 'folder'],
      properties: { file: { type: 'string', format: 'binary' }, folder: { type: 'string' } },
    })
  })

  it('refers to nothing that is not there', () => expect(unresolved(openapi)).toEqual([]))

  it('closes no schema to fields that a later version adds', () =>
    expect(valuesOf(openapi, 'additionalProperties')).not.toContain(false))
})

describe('OP4: the AsyncAPI document', () => {
  const messages: Record<string, { name: string; payload: unknown }> = asyncapi.components.messages
  const names = Object.values(messages).map((message) => message.name)

  it('is of version 3.0, and says where the server is', () => {
    expect(asyncapi.asyncapi).toBe('3.0.0')
    expect(asyncapi.servers.lectern).toMatchObject({ host: 'lms.example.org', protocol: 'wss' })
    expect(createAsyncApi('1', 'http://localhost:3000').servers.lectern).toMatchObject({
      host: 'localhost:3000',
      protocol: 'ws',
    })
  })

  it('has every event, and an ack of every event that a client emits', () => {
    const acks = Object.keys(CLIENT_EVENTS).map((event) => `${event} ack`)
    expect(names.sort()).toEqual([...Object.keys(CLIENT_EVENTS), ...Object.keys(SERVER_EVENTS), ...acks].sort())
  })

  it('receives what clients emit, replies with the ack, and sends the rest', () => {
    const operations = Object.values(asyncapi.operations)
    const received = operations.filter(({ action }) => action === 'receive')
    expect(received).toHaveLength(Object.keys(CLIENT_EVENTS).length)
    expect(received.every((operation) => 'reply' in operation)).toBe(true)
    expect(operations.length - received.length).toBe(Object.keys(SERVER_EVENTS).length)
  })

  it('uses only keys that AsyncAPI allows', () => {
    const keys = [
      ...Object.keys(messages),
      ...Object.keys(asyncapi.components.schemas),
      ...Object.keys(asyncapi.channels),
    ]
    expect(keys.filter((key) => !/^[\w.-]+$/.test(key))).toEqual([])
  })

  it('refers to nothing that is not there', () => expect(unresolved(asyncapi)).toEqual([]))
})
