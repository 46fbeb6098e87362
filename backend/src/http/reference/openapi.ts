import { ERROR_STATUS, type ErrorCode, failure, ROUTE_SECTIONS, type Route, type RouteAuth } from '@lectern/protocol'
import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiSecuritySchemeObject,
} from 'zod-openapi'
import { staysOpen } from './catalogue.ts'
import { ERROR_MEANINGS } from './error-meanings.ts'
import { errorCodesOf, fieldsOf } from './route-facts.ts'
import { TUS_PATHS } from './tus-paths.ts'

const DESCRIPTION = `REST under \`/api/v1\`, JSON. Every field of an input is taken in snake_case or camelCase; unknown fields are ignored.
Every answer bears \`X-Request-Id\`. The socket events are in \`/api/asyncapi.json\`; both on one page: \`/api/docs\`.`

const SECURITY_SCHEMES: Record<string, ZodOpenApiSecuritySchemeObject> = {
  token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'lectern_access' },
  apiKey: { type: 'http', scheme: 'bearer', description: '`ADMIN_API_KEY`.' },
  metricsToken: { type: 'http', scheme: 'bearer', description: '`METRICS_TOKEN`; not needed from loopback.' },
}

const SECURITY: Record<RouteAuth, Record<string, string[]>[]> = {
  none: [],
  optional: [{}, { token: [] }, { cookie: [] }],
  user: [{ token: [] }, { cookie: [] }],
  user_or_api_key: [{ token: [] }, { cookie: [] }, { apiKey: [] }],
  operator: [{}, { metricsToken: [] }],
}

/** The OpenAPI 3.1 document of every route. */
export function createOpenApi(version: string, publicUrl: string) {
  const source: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: { title: 'Lectern', version, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: publicUrl }],
    tags: ROUTE_SECTIONS.map(({ title, description }) => ({ name: title, description })),
    paths: { ...pathsOf(failures()), ...TUS_PATHS },
    components: { securitySchemes: SECURITY_SCHEMES },
  }
  return createDocument(source, { override: ({ jsonSchema }) => staysOpen(jsonSchema) })
}

type Failures = (code: ErrorCode) => ZodOpenApiResponseObject

function pathsOf(failed: Failures): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {}
  for (const { title, base, routes } of ROUTE_SECTIONS) {
    for (const [operationId, route] of Object.entries(routes)) {
      const path = (base + route.path).replace(/:(\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [route.method]: { operationId, tags: [title], ...operationOf(route, failed) } }
    }
  }
  return paths
}

const operationOf = (route: Route, failed: Failures): ZodOpenApiOperationObject => ({
  summary: route.summary,
  description: `May: ${route.who}`,
  security: SECURITY[route.auth],
  requestParams: {
    ...(route.params && { path: fieldsOf(route.params) }),
    ...(route.query && { query: fieldsOf(route.query) }),
  },
  ...(route.body && {
    requestBody: {
      required: fieldsOf(route.body).safeParse({}).success === false,
      content: { 'application/json': { schema: route.body } },
    },
  }),
  ...(route.form && { requestBody: { required: true, content: { 'multipart/form-data': { schema: route.form } } } }),
  responses: responsesOf(route, failed),
})

function responsesOf(route: Route, failed: Failures): ZodOpenApiOperationObject['responses'] {
  const codes = errorCodesOf(route).map((code) => [ERROR_STATUS[code], failed(code)] as const)
  return {
    [`${route.status}`]: { description: route.status === 201 ? 'Made.' : 'Done.', ...contentOf(route) },
    ...(route.also && { [`${route.also.status}`]: { description: route.also.when, ...contentOf(route) } }),
    ...Object.fromEntries(codes),
  }
}

function contentOf({ produces, orProduces = [], response, meta }: Route): Pick<ZodOpenApiResponseObject, 'content'> {
  if (produces !== undefined) return { content: contentOfTypes(produces) }
  if (response === undefined) return {}
  const envelope = z.object({ success: z.literal(true), data: response, ...(meta && { meta }) })
  return { content: { 'application/json': { schema: envelope }, ...contentOfTypes(orProduces) } }
}

function contentOfTypes(types: readonly string[]): NonNullable<ZodOpenApiResponseObject['content']> {
  const schema = (type: string) => (type === 'application/json' ? {} : { schema: { type: 'string' } as const })
  return Object.fromEntries(types.map((type) => [type, schema(type)]))
}

/** Each is made once, so that the document holds it once. */
function failures(): Failures {
  const made = new Map<ErrorCode, ZodOpenApiResponseObject>()
  return (code) => {
    const response = made.get(code) ?? failureOf(code)
    made.set(code, response)
    return response
  }
}

const failureOf = (code: ErrorCode): ZodOpenApiResponseObject => ({
  id: code,
  description: `\`${code}\`: ${ERROR_MEANINGS[code]}`,
  ...(code === 'RATE_LIMITED' && {
    headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.', required: true } },
  }),
  content: { 'application/json': { schema: failure } },
})
