import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

const PREFIX = '#/components/schemas/'

/** Schemas with an id are kept once, in `components`; all else refers to them. */
export interface Catalogue {
  /** @throws Error when an id already means something else */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema
  readonly components: Readonly<Record<string, JsonSchema>>
}

/** Draft 07, the schema language of AsyncAPI 3.0. */
export function createCatalogue(): Catalogue {
  const components: Record<string, JsonSchema> = {}
  const keep = (id: string, component: JsonSchema) => {
    const known = components[id]
    if (known !== undefined && !isDeepStrictEqual(known, component)) throw new Error(`Two schemas are called ${id}.`)
    components[id] = component
  }
  return {
    components,
    add(schema, io) {
      const {
        $schema,
        definitions,
        '~standard': _,
        ...root
      } = z.toJSONSchema(schema, {
        io,
        target: 'draft-7',
        override: ({ jsonSchema }) => staysOpen(jsonSchema),
      })
      pointToComponents([definitions, root])
      for (const [id, component] of Object.entries(definitions ?? {})) keep(id, objectOf(component))
      return root
    },
  }
}

/** A later version may answer more fields; who reads by this document must not refuse them. */
export function staysOpen(schema: { additionalProperties?: unknown }): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties
}

const objectOf = (schema: JsonSchema | boolean): JsonSchema => (typeof schema === 'boolean' ? {} : schema)

function pointToComponents(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if ('$ref' in node && typeof node.$ref === 'string') node.$ref = node.$ref.replace('#/definitions/', PREFIX)
  for (const child of Object.values(node)) pointToComponents(child)
}

/** The id that a reference names. */
export const referenced = (reference: string): string => reference.replace(PREFIX, '')
