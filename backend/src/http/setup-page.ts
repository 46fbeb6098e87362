import { API_BASE, type SetupBody, setupBody } from '@lectern/protocol'
import express, { type Request, type Response, Router } from 'express'
import { AppError } from '../shared/errors.ts'
import { contextOf } from './request-context.ts'
import { donePage, formPage, refusedPage, SETUP_PAGE_POLICY } from './setup-page.html.ts'
import type { SetupLanguage } from './setup-page.texts.ts'

export interface SetupPagePorts<SignedIn> {
  readonly firstRun: { accepts(token: string): boolean; setUp(input: SetupBody): Promise<SignedIn> }
  /** Signs this browser in. */
  readonly signIn: (response: Response, signedIn: SignedIn) => void
  readonly publicUrl: string
  /** The path that the new administrator goes on to; undefined where there is nothing to see. */
  readonly home: string | undefined
}

/** Below the server's URL; `token` goes into its query. */
export const SETUP_PATH = '/setup'

/** `GET|POST /setup`: the page behind the link that the first start prints. A plain form: it needs no script. */
export function setupPage<SignedIn>({ firstRun, signIn, publicUrl, home }: SetupPagePorts<SignedIn>): Router {
  const router = Router()
  const refuse = (request: Request, response: Response) =>
    void response.status(403).send(refusedPage(languageOf(request), home))
  router.use(SETUP_PATH, (request, response, next) => {
    contextOf(request).route = SETUP_PATH
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Security-Policy', SETUP_PAGE_POLICY)
    next()
  })
  router.get(SETUP_PATH, (request, response) => {
    const token = textOf(request.query, 'token')
    if (!firstRun.accepts(token)) return refuse(request, response)
    response.send(formPage(languageOf(request), { token, name: '', email: '', problem: undefined }))
  })
  // The token in the form is what a page of another site would lack: no cookie counts here, and no origin.
  router.post(SETUP_PATH, express.urlencoded({ limit: '16kb', extended: false }), async (request, response) => {
    const fields = {
      token: textOf(request.body, 'token'),
      name: textOf(request.body, 'name'),
      email: textOf(request.body, 'email'),
    }
    if (!firstRun.accepts(fields.token)) return refuse(request, response)
    const again = (status: number, problem: 'invalid' | 'conflict') =>
      void response.status(status).send(formPage(languageOf(request), { ...fields, problem }))
    const input = setupBody.safeParse(request.body)
    if (!input.success) return again(400, 'invalid')
    try {
      signIn(response, await firstRun.setUp(input.data))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'CONFLICT') return again(error.status, 'conflict')
      if (error.code === 'FORBIDDEN') return refuse(request, response)
      throw error
    }
    if (home !== undefined) return response.redirect(303, home)
    response.status(201).send(donePage(languageOf(request), `${publicUrl}${API_BASE}/auth/login`))
  })
  return router
}

const languageOf = (request: Request): SetupLanguage => (request.acceptsLanguages('en', 'vi') === 'vi' ? 'vi' : 'en')

/** Of a form or a query string, where a name that is there twice is a list. */
function textOf(fields: unknown, name: string): string {
  const value: unknown = typeof fields === 'object' && fields !== null ? Reflect.get(fields, name) : undefined
  return typeof value === 'string' ? value : ''
}
