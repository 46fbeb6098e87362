import type {
  AUTH_ROUTES,
  COURSE_CHAT_ROUTES,
  COURSE_ROUTES,
  COURSE_SESSION_ROUTES,
  FILE_RECORD_ROUTES,
  MEMBER_ROUTES,
  MESSAGE_ROUTES,
  Route,
  SESSION_ROUTES,
  USER_ROUTES,
} from '@lectern/protocol'
import type { SchemaInput, SchemaOutput } from '../schema-types.ts'

type InputOf<Definition, Part extends 'params' | 'query' | 'body'> =
  Definition extends Record<Part, infer Schema> ? SchemaInput<Schema> : undefined
/** A query string is text; numbers may be given as they are. */
type Written<Value> = {
  [Name in keyof Value]: Value[Name] extends string | undefined ? Value[Name] | number : Value[Name]
}
type QueryOf<Definition> =
  InputOf<Definition, 'query'> extends undefined ? undefined : Written<InputOf<Definition, 'query'>>
type OutputOf<Definition, Part extends 'response' | 'meta'> =
  Definition extends Record<Part, infer Schema> ? SchemaOutput<Schema> : undefined

type Given<Part extends string, Value> = [Value] extends [undefined]
  ? { readonly [Name in Part]?: undefined }
  : Record<never, never> extends Value
    ? { readonly [Name in Part]?: Value }
    : { readonly [Name in Part]: Value }

export type CallInput<Definition extends Route> = Given<'params', InputOf<Definition, 'params'>> &
  Given<'query', QueryOf<Definition>> &
  Given<'body', InputOf<Definition, 'body'>> & { readonly signal?: AbortSignal }

export interface Answer<Data, Meta> {
  readonly data: Data
  readonly meta: Meta
}

/** One REST call: `params` of the path, `query`, `body`. @throws LecternError */
export type Call<Definition extends Route> = (
  ...input: Record<never, never> extends CallInput<Definition> ? [CallInput<Definition>?] : [CallInput<Definition>]
) => Promise<Answer<OutputOf<Definition, 'response'>, OutputOf<Definition, 'meta'>>>

type Calls<Table extends Record<string, Route>> = { readonly [Name in keyof Table]: Call<Table[Name]> }

/** Every route of the reference by its operation's name, but those that take or answer with something else than JSON. */
export type Api = Calls<typeof AUTH_ROUTES> &
  Calls<typeof USER_ROUTES> &
  Calls<typeof COURSE_ROUTES> &
  Calls<typeof MEMBER_ROUTES> &
  Calls<Omit<typeof COURSE_CHAT_ROUTES, 'exportCourse'>> &
  Calls<typeof MESSAGE_ROUTES> &
  Calls<typeof FILE_RECORD_ROUTES> &
  Calls<typeof COURSE_SESSION_ROUTES> &
  Calls<typeof SESSION_ROUTES>
