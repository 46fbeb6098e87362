import { type Catalogue, type JsonSchema, referenced } from './catalogue.ts'

/** A value that a schema takes, with the fields that are needed alone: for the examples of the page. */
export function sampleOf(schema: JsonSchema | boolean | undefined, catalogue: Catalogue): unknown {
  if (typeof schema !== 'object') return null
  const [example] = schema.examples ?? []
  if (example !== undefined) return example
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const [inner] = schema.anyOf ?? schema.allOf ?? []
  if (inner !== undefined) return sampleOf(inner, catalogue)
  if (schema.$ref !== undefined) return sampleOf(catalogue.components[referenced(schema.$ref)], catalogue)
  return plainSample(schema, catalogue)
}

function plainSample(schema: JsonSchema, catalogue: Catalogue): unknown {
  switch (schema.type) {
    case 'object': {
      const needed = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name))
      return Object.fromEntries(needed.map(([name, field]) => [name, sampleOf(field, catalogue)]))
    }
    case 'array':
      return Array.isArray(schema.items) ? [] : [sampleOf(schema.items, catalogue)]
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return true
    default:
      return '…'
  }
}
