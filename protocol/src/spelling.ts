import { z } from 'zod'

const toCamel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const toSnake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

interface Field {
  readonly name: string
  /** The field's other spelling; undefined for a name of one word. */
  readonly alias: string | undefined
  /** Clients send `null` for “none”; where the field is optional and null means nothing else, that is the same as leaving it out. */
  readonly nullIsAbsent: boolean
}

const fieldOf = ([name, schema]: [string, z.ZodType]): Field => ({
  name,
  alias: [toSnake(name), toCamel(name)].find((spelling) => spelling !== name),
  nullIsAbsent: schema._zod.optin !== undefined && !schema.safeParse(null).success,
})

// Only own properties are read, so a prototype's `constructor` is no field.
const own = (input: object, name: string): unknown =>
  Object.hasOwn(input, name) ? Reflect.get(input, name) : undefined

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every field with two spellings holds a scalar, so that identity is equality. */
const pick = (input: object, field: Field, context: z.RefinementCtx): unknown => {
  const value = own(input, field.name)
  const other = field.alias === undefined ? undefined : own(input, field.alias)
  if (value !== undefined && other !== undefined && !Object.is(value, other)) {
    context.addIssue({
      code: 'custom',
      path: [field.name],
      message: `${field.name} and ${field.alias} are both present and differ`,
    })
  }
  return value ?? other ?? (value === null || other === null ? null : undefined)
}

const oneSpelling = (fields: readonly Field[], input: unknown, context: z.RefinementCtx): unknown => {
  if (!isObject(input)) return input
  const picked: [string, unknown][] = []
  for (const field of fields) {
    const value = pick(input, field, context)
    if (value === undefined || (value === null && field.nullIsAbsent)) continue
    picked.push([field.name, value])
  }
  return Object.fromEntries(picked)
}

/**
 * An object as a client may send it: unknown fields are ignored, every field is taken in snake_case or camelCase
 * (both present and different: an issue), and `null` for an optional field counts as absent.
 * Nothing at all counts as `{}`; null, an array or a primitive is an issue.
 * The keys of `shape` are the contract's own spelling, and the only one that comes out.
 */
export const wireInput = <Shape extends Record<string, z.ZodType>>(shape: Shape) => {
  const fields = Object.entries(shape).map(fieldOf)
  return z.preprocess(
    (input: z.input<z.ZodObject<Shape>>, context) => oneSpelling(fields, input === undefined ? {} : input, context),
    z.object(shape),
  )
}
