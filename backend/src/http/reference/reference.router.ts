import { readFileSync } from 'node:fs'
import { OPERATING_ROUTES } from '@lectern/protocol'
import { type Response, Router } from 'express'
import { createAsyncApi } from './asyncapi.ts'
import { createOpenApi } from './openapi.ts'
import { createPage } from './page.ts'

export interface ReferenceOptions {
  readonly version: string
  /** What the examples call. */
  readonly publicUrl: string
}

// As far from `dist` as from `src`.
const asset = (name: string): string =>
  readFileSync(new URL(`../../../public/reference/${name}`, import.meta.url), 'utf8')

/**
 * `/api/docs`, `/api/openapi.json` and `/api/asyncapi.json`, to be mounted at the root. Each is made from the schemas that
 * validate, once, when it is first asked for: made at the start they would delay it by a third of a second.
 */
export function referenceRouter({ version, publicUrl }: ReferenceOptions): Router {
  const origin = publicUrl.replace(/\/+$/, '')
  const router = Router()
  const serve = (path: string, type: string, make: () => string) => {
    let made: string | undefined
    router.get(path, (_request, response: Response) => {
      made ??= make()
      response.setHeader('Cache-Control', 'no-cache')
      response.type(type).send(made)
    })
  }
  serve(OPERATING_ROUTES.docs.path, 'html', () => createPage(version, origin))
  serve(`${OPERATING_ROUTES.docs.path}/page.css`, 'css', () => asset('page.css'))
  serve(`${OPERATING_ROUTES.docs.path}/page.js`, 'js', () => asset('page.js'))
  serve(OPERATING_ROUTES.openapi.path, 'json', () => JSON.stringify(createOpenApi(version, origin)))
  serve(OPERATING_ROUTES.asyncapi.path, 'json', () => JSON.stringify(createAsyncApi(version, origin)))
  // Who opens the server in a browser is shown what it is.
  router.get('/', (_request, response) => response.redirect(OPERATING_ROUTES.docs.path))
  return router
}
