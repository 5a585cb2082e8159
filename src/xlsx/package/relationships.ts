/**
 * Owns the relationships of a part (ECMA-376 Part 2 §6.5): their ids, kinds and the part names that
 * their targets resolve to.
 */

import { XlsxError } from '../xlsx-error.ts'
import { NS_PACKAGE_RELATIONSHIPS, relationshipKind } from '../xml/names.ts'
import { START } from '../xml/scan.ts'
import type { PackageParts } from './package-parts.ts'

export interface Relationship {
  /** The last word of its type, such as `worksheet`; the same for transitional and strict. */
  readonly kind: string
  /** Part name without a leading slash; null where the target is outside the package. */
  readonly target: string | null
}

/** Relationships by id, of a part, or of the package itself for `''`; empty where it has none. */
export async function readRelationships(
  parts: PackageParts,
  sourcePart: string,
): Promise<ReadonlyMap<string, Relationship>> {
  const relationships = new Map<string, Relationship>()
  const name = relationshipsPart(sourcePart)
  if (!parts.has(name)) return relationships
  await parts.walk(name, (token, xml) => {
    const { local, uri } = xml.elements
    if (token !== START || local !== 'Relationship') return
    if (uri !== NS_PACKAGE_RELATIONSHIPS && uri !== '') return
    const { attributes } = xml
    const id = attributes.get('Id')
    // One that nothing can name: some writers leave it out where nothing does.
    if (id === null) return
    if (relationships.size >= parts.limits.relationshipsMax) {
      throw new XlsxError('too-large', `more than ${parts.limits.relationshipsMax} relationships`)
    }
    const isExternal = attributes.get('TargetMode') === 'External'
    const target = attributes.get('Target') ?? ''
    relationships.set(id, {
      kind: relationshipKind(attributes.get('Type') ?? ''),
      target: isExternal ? null : findTarget(parts, sourcePart, target),
    })
  })
  return relationships
}

/** The first relationship of a kind, or undefined. */
export function findByKind(
  relationships: ReadonlyMap<string, Relationship>,
  kind: string,
): Relationship | undefined {
  return relationships.values().find(relationship => relationship.kind === kind)
}

function relationshipsPart(sourcePart: string): string {
  const slash = sourcePart.lastIndexOf('/') + 1
  return `${sourcePart.slice(0, slash)}_rels/${sourcePart.slice(slash)}.rels`
}

/** The part that a target means: names that hold a `#` are met, as is a fragment behind a name. */
function findTarget(parts: PackageParts, sourcePart: string, target: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return null
  const name = resolveTarget(sourcePart, target)
  const fragment = name.search(/[?#]/)
  return fragment < 0 || parts.has(name) ? name : name.slice(0, fragment)
}

/** Resolves a target against its source part (Part 2 §6.5.3.4). */
function resolveTarget(sourcePart: string, target: string): string {
  const path = target.replaceAll('\\', '/')
  const base = path.startsWith('/') ? [] : sourcePart.split('/').slice(0, -1)
  for (const segment of path.split('/')) {
    if (segment === '..') base.pop()
    else if (segment !== '' && segment !== '.') base.push(segment)
  }
  return base.join('/')
}
