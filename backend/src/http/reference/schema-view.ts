import { type JsonSchema, referenced } from './catalogue.ts'
import { type Html, html, prose } from './markup.ts'

const isObject = (schema: JsonSchema | boolean | undefined): schema is JsonSchema => typeof schema === 'object'

const joined = (parts: readonly Html[], by: string): Html =>
  html`${parts.map((part, at) => [at === 0 ? '' : by, part])}`

const value = (literal: unknown): Html => html`<span class="literal">${JSON.stringify(literal)}</span>`

/** A schema as a type is written: `Message[]`, `"text" | "file"`, `integer`. */
export function typeOf(schema: JsonSchema | boolean | undefined): Html {
  if (!isObject(schema)) return html`any`
  if (schema.$ref !== undefined) return nameOf(referenced(schema.$ref))
  if (schema.const !== undefined) return value(schema.const)
  if (schema.enum !== undefined) return joined(schema.enum.map(value), ' | ')
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return joined(choice.map(typeOf), ' | ')
  if (schema.allOf !== undefined) return joined(schema.allOf.map(typeOf), ' & ')
  if (schema.type === 'array') return arrayOf(schema)
  if (schema.type === 'object') return objectOf(schema)
  if (schema.type === 'string') return html`${schema.format ?? 'string'}`
  return html`${schema.type === undefined ? 'any' : [schema.type].flat().join(' | ')}`
}

const nameOf = (id: string): Html => html`<a href="#schema-${id}">${id}</a>`

function arrayOf({ items }: JsonSchema): Html {
  if (Array.isArray(items)) return html`[${joined(items.map(typeOf), ', ')}]`
  const one = isObject(items) && (items.anyOf ?? items.oneOf ?? items.enum) !== undefined
  return one ? html`(${typeOf(items)})[]` : html`${typeOf(items)}[]`
}

function objectOf(schema: JsonSchema): Html {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) {
    return isObject(schema.additionalProperties) ? html`{ [key]: ${typeOf(schema.additionalProperties)} }` : html`{}`
  }
  const written = fields.map(
    ([name, field]) => html`${name}${schema.required?.includes(name) ? '' : '?'}: ${typeOf(field)}`,
  )
  return html`{ ${joined(written, ', ')} }`
}

const BOUNDS = [
  ['minimum', '≥'],
  ['maximum', '≤'],
  ['minLength', 'length ≥'],
  ['maxLength', 'length ≤'],
  ['minItems', 'items ≥'],
  ['maxItems', 'items ≤'],
] as const

// Only what somebody chose: the bounds of a safe integer, and nothing or more, go without saying.
const goesWithoutSaying = (bound: unknown): boolean =>
  bound === 0 || bound === Number.MAX_SAFE_INTEGER || bound === Number.MIN_SAFE_INTEGER

const boundsOf = (schema: JsonSchema): string[] => [
  ...BOUNDS.flatMap(([key, sign]) => {
    const bound = schema[key]
    return typeof bound !== 'number' || goesWithoutSaying(bound) ? [] : [`${sign} ${bound}`]
  }),
  ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
]

/** An object's fields, one a row; of anything else its type. */
export function schemaView(schema: JsonSchema): Html {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) return html`<p class="type"><code>${typeOf(schema)}</code></p>`
  const row = ([name, field]: [string, JsonSchema | boolean]) =>
    fieldRow(name, field, schema.required?.includes(name) ?? false)
  return html`<div class="scroll"><table>
    <thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead>
    <tbody>${fields.map(row)}</tbody>
  </table></div>`
}

function fieldRow(name: string, schema: JsonSchema | boolean, required: boolean): Html {
  const bounds = isObject(schema) ? boundsOf(schema) : []
  const description = isObject(schema) ? (schema.description ?? '') : ''
  return html`<tr>
    <td><code>${name}</code>${required ? '' : html` <small>optional</small>`}</td>
    <td><code>${typeOf(schema)}</code></td>
    <td>${prose(description)}${bounds.length > 0 ? html` <small>${bounds.join(', ')}</small>` : ''}</td>
  </tr>`
}
