/**
 * Judges every part of a request by its schema. It takes bodies as they are, without coercion, defaults or silently
 * dropped fields. A query is text, so it reads that into the types that the schema names. It decides nothing about HTTP:
 * it reports faults as `ValidationError`.
 */

import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { Locale as SchemaLocale } from 'typebox/system'
import { filledTextPattern, isStorableText, lineOfTextPattern } from '../contracts/schema.ts'
import type { Locale } from '../errors.ts'
import { requestFaultsMax } from '../limits.ts'
import { namedSchemas } from './schemas.ts'

/** One fault of a request: where it stands (a JSON Pointer), its code, and what to correct in each language. */
export interface ValidationFault {
  readonly pointer: string
  readonly code: string
  readonly detail: Readonly<Record<Locale, string>>
}

export type RequestPart = 'body' | 'querystring' | 'params' | 'headers'

export class ValidationError extends Error {
  readonly part: RequestPart
  readonly faults: readonly ValidationFault[]

  constructor(part: RequestPart, faults: readonly ValidationFault[]) {
    super(`invalid ${part}: ${faults.map(fault => `${fault.pointer} ${fault.code}`).join(', ')}`)
    this.name = 'ValidationError'
    this.part = part
    this.faults = faults
  }
}

/** How a pointer into each part begins; a body is the root of the pointer itself. */
const pointerPrefixes: Readonly<Record<RequestPart, string>> = {
  body: '',
  querystring: '/query',
  params: '/path',
  headers: '/headers',
}

/** The named schemas, by the name that a reference such as `{ $ref: 'Import#' }` uses. */
const referenced = Object.fromEntries(
  namedSchemas.map(schema => [`${(schema as { $id?: string }).$id}#`, schema]),
)

export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const part = (httpPart ?? 'body') as RequestPart
  let validator: ReturnType<typeof compile> | undefined
  const compile = () => Compile(referenced, part === 'headers' ? lowerNames(schema) : schema)
  return (value: unknown) => {
    validator ??= compile()
    const read = part === 'querystring' ? readQuery(schema, value) : value
    if (!validator.Check(read)) {
      return { error: new ValidationError(part, describeFaults(part, validator.Errors(read))) }
    }
    const unstorable = findUnstorableText(read, pointerPrefixes[part])
    if (unstorable !== undefined) {
      return { error: new ValidationError(part, [unstorableText(unstorable)]) }
    }
    return { value: read }
  }
}

/** The fault of a text that holds NUL or half a surrogate pair: PostgreSQL could not store it as it was sent. */
export function unstorableText(pointer: string): ValidationFault {
  return {
    pointer,
    code: 'text-invalid',
    detail: {
      en: 'must not hold NUL characters or broken Unicode',
      pl: 'nie może zawierać znaków NUL ani uszkodzonego Unicode',
    },
  }
}

/** The fault of a name that breaks the rules of `lineOfText`. */
export function unreadableText(pointer: string): ValidationFault {
  return {
    pointer,
    code: 'text-invalid',
    detail: {
      en: 'must be one line of visible text, without control or direction-changing characters',
      pl: 'musi być jednym wierszem widocznego tekstu, bez znaków sterujących i zmieniających kierunek',
    },
  }
}

/** The fault of a search text that has nothing to search for. */
function blankText(pointer: string): ValidationFault {
  return {
    pointer,
    code: 'text-blank',
    detail: { en: 'must not be blank', pl: 'nie może być pusty' },
  }
}

/** Throws for broken percent-encoding (RFC 3986 §2.5), which the parser of queries would pass on as it is written. */
export function refuseBrokenQuery(url: string): void {
  try {
    decodeURIComponent(url.slice(url.indexOf('?') + 1))
  } catch {
    throw new ValidationError('querystring', [unstorableText(pointerPrefixes.querystring)])
  }
}

function findUnstorableText(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : pointer
  if (value === null || typeof value !== 'object') return undefined
  for (const [key, item] of Object.entries(value)) {
    const found = findUnstorableText(item, `${pointer}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** Node gives header names in lower case; schemas write them as people do. */
function lowerNames(schema: TSchema): TSchema {
  const { properties = {} } = schema as { properties?: Properties }
  const lowered = Object.entries(properties).map(([name, item]) => [name.toLowerCase(), item])
  return { ...schema, properties: Object.fromEntries(lowered) } as TSchema
}

type Properties = Record<string, { type?: string | readonly string[] } | undefined>

/** Reads the texts of a query as the numbers, booleans and lists that the schema names. */
function readQuery(schema: TSchema, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  const properties = (schema as { properties?: Properties }).properties ?? {}
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, readText(properties[name]?.type, item)]),
  )
}

function readText(types: string | readonly string[] | undefined, value: unknown): unknown {
  return [types ?? []].flat().reduce(readAs, value)
}

function readAs(value: unknown, type: string): unknown {
  if (type === 'array') return Array.isArray(value) ? value : [value]
  if (typeof value !== 'string') return value
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function describeFaults(
  part: RequestPart,
  errors: readonly TLocalizedValidationError[],
): ValidationFault[] {
  return errors
    .flatMap(error => describeFault(pointerPrefixes[part], error))
    .slice(0, requestFaultsMax)
}

function describeFault(prefix: string, error: TLocalizedValidationError): ValidationFault[] {
  // The validator reports this fault a second time, as `additionalProperties`.
  if (error.keyword === 'boolean') return []
  const pointer = prefix + error.instancePath
  if (error.keyword === 'pattern' && error.params.pattern === lineOfTextPattern) {
    return [unreadableText(pointer)]
  }
  if (error.keyword === 'pattern' && error.params.pattern === filledTextPattern) {
    return [blankText(pointer)]
  }
  const fault = {
    code: error.keyword.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
    detail: { en: SchemaLocale.en_US(error), pl: SchemaLocale.pl_PL(error) },
  }
  return listNames(error).map(name => ({
    pointer: name ? `${pointer}/${name}` : pointer,
    ...fault,
  }))
}

/** The properties that an error is about, escaped as in RFC 6901 §3; one empty name when it is its own. */
function listNames(error: TLocalizedValidationError): string[] {
  const names =
    error.keyword === 'required'
      ? error.params.requiredProperties
      : error.keyword === 'additionalProperties'
        ? error.params.additionalProperties
        : ['']
  return names.map(name => name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
