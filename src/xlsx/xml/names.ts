/**
 * Owns the namespaces this reader knows, transitional and strict (ECMA-376 Part 1, annex A, and
 * Part 4), and the names of elements and attributes seen so far.
 */

export const NS_MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const NS_OFFICE_RELATIONSHIPS =
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const NS_PACKAGE_RELATIONSHIPS =
  'http://schemas.openxmlformats.org/package/2006/relationships'
export const NS_RICH_DATA = 'http://schemas.microsoft.com/office/spreadsheetml/2017/richdata'
export const NS_COMPATIBILITY = 'http://schemas.openxmlformats.org/markup-compatibility/2006'

const transitionalOf: ReadonlyMap<string, string> = new Map([
  ['http://purl.oclc.org/ooxml/spreadsheetml/main', NS_MAIN],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', NS_OFFICE_RELATIONSHIPS],
])

/** The transitional namespace that a strict one corresponds to; any other is itself. */
export function canonicalNamespace(uri: string): string {
  return transitionalOf.get(uri) ?? uri
}

/** A relationship type such as `…/relationships/worksheet`, by its last word. */
export function relationshipKind(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1)
}

/** A qualified name, interned: one object for each spelling within one part. */
export interface XmlName {
  readonly qualified: string
  readonly prefix: string
  readonly local: string
  readonly bytes: Uint8Array
}

/** Names that are remembered, and their bytes: real ones are short and few. */
const NAMES_MAX = 4_096
const NAME_BYTES_MAX = 256

/** Interns names by their bytes, so that a name that repeats costs a hash and a comparison. */
export class NameTable {
  readonly #names = new Map<number, XmlName>()

  intern(bytes: Buffer, start: number, end: number): XmlName {
    let hash = end - start
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0
    const known = this.#names.get(hash)
    if (known !== undefined && isSameName(known.bytes, bytes, start, end)) return known
    const name = newName(bytes.toString('utf8', start, end))
    const isUsual = this.#names.size < NAMES_MAX && end - start <= NAME_BYTES_MAX
    if (isUsual) this.#names.set(hash, name)
    return name
  }
}

export function isSameName(
  name: Uint8Array,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (name.length !== end - start) return false
  for (let at = 0; at < name.length; at++) if (name[at] !== bytes[start + at]) return false
  return true
}

function newName(qualified: string): XmlName {
  const colon = qualified.indexOf(':')
  return {
    qualified,
    prefix: colon < 0 ? '' : qualified.slice(0, colon),
    local: qualified.slice(colon + 1),
    bytes: Buffer.from(qualified),
  }
}
