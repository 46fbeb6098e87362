/** What goes into one of the protocol's schemas, and what comes out, without the schemas' library. */
export type SchemaInput<Schema> = Schema extends { readonly _zod: { readonly input: infer Input } } ? Input : undefined
export type SchemaOutput<Schema> = Schema extends { readonly _zod: { readonly output: infer Output } }
  ? Output
  : undefined
