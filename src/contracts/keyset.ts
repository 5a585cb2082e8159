/** Keyset pages: an opaque cursor holds the key of the last item, so that pages stay right while rows come. */

import { AppError } from '../errors.ts'
import { pageBytesMax, pageItemsDefault, pageItemsMax } from '../limits.ts'
import { isStorableText, type Page } from './schema.ts'

export type KeyPart = string | number

/** Items that one page asks for: one more than it shows tells whether there is a next page. */
export function pageLimit(limit: number | undefined): number {
  return Math.min(limit ?? pageItemsDefault, pageItemsMax)
}

/**
 * Makes a page of the `limit + 1` items that were read: up to `limit` of them, at least one, and no more
 * than `pageBytesMax` bytes of JSON beyond the first.
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  shape: { item: (row: Row) => Item; key: (row: Row) => readonly KeyPart[] },
): Page<Item> {
  const items: Item[] = []
  let bytes = 0
  for (const row of rows.slice(0, limit)) {
    const item = shape.item(row)
    bytes += Buffer.byteLength(JSON.stringify(item))
    if (items.length > 0 && bytes > pageBytesMax) break
    items.push(item)
  }
  const last = rows[items.length - 1]
  const isWhole = last === undefined || items.length === rows.length
  return { items, nextCursor: isWhole ? null : encodeCursor(shape.key(last)) }
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
