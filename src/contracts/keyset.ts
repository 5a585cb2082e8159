/** Keyset pages: an opaque cursor holds the key of the last item, so that pages stay right while rows come. */

import { AppError } from '../errors.ts'
import { pageItemsDefault, pageItemsMax } from '../limits.ts'
import { isStorableText, type Page } from './schema.ts'

export type KeyPart = string | number

/** Items that one page asks for: one more than it shows tells whether there is a next page. */
export function pageLimit(limit: number | undefined): number {
  return Math.min(limit ?? pageItemsDefault, pageItemsMax)
}

/** Makes a page of up to `limit` of the `limit + 1` items that were read. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  shape: { item: (row: Row) => Item; key: (row: Row) => readonly KeyPart[] },
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(shape.item),
    nextCursor: rows.length > limit && last ? encodeCursor(shape.key(last)) : null,
  }
}

function encodeCursor(key: readonly KeyPart[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key in a cursor. A pattern tests each part; anything else, as text that no value holds, is `request-invalid`. */
export function decodeCursor(cursor: string, patterns: readonly RegExp[]): KeyPart[] {
  const key = parseJson(Buffer.from(cursor, 'base64url').toString())
  if (
    Array.isArray(key) &&
    key.length === patterns.length &&
    key.every((part, index) => isKeyPart(part) && patterns[index]!.test(String(part)))
  ) {
    return key
  }
  throw new AppError(
    'request-invalid',
    {},
    { items: [{ pointer: '/query/cursor', code: 'cursor-invalid' }] },
  )
}

function isKeyPart(part: unknown): part is KeyPart {
  return typeof part === 'number' || (typeof part === 'string' && isStorableText(part))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Of a row or a column: a sheet has 1,048,576 rows, far below where an int of PostgreSQL ends. */
export const rowNumberPattern = /^\d{1,7}$/
export const idPattern = /^\d{1,18}$/
