/** Reads custom document properties (ECMA-376 Part 1 §22.3.2): what a program wrote into a workbook for itself. */
import { XlsxError } from '../xlsx-error.ts'
import { END, START, TEXT } from '../xml/scan.ts'
import type { PackageParts } from './package-parts.ts'
import { findByKind, readRelationships } from './relationships.ts'

/** Characters of a value that are kept: a value that is longer is none that a program looks for. */
const valueCharactersMax = 255

/**
 * The text of the property of that name; null where the workbook has none, or where its properties cannot be read: a
 * workbook is not refused for them.
 */
export async function readCustomProperty(
  parts: PackageParts,
  name: string,
): Promise<string | null> {
  try {
    const part = findByKind(await readRelationships(parts, ''), 'custom-properties')?.target
    if (!part || !parts.has(part)) return null
    return await findValue(parts, part, name)
  } catch (error) {
    if (error instanceof XlsxError) return null
    throw error
  }
}

async function findValue(parts: PackageParts, part: string, name: string): Promise<string | null> {
  let value: string | null = null
  let isWanted = false
  await parts.walk(part, (token, xml) => {
    const { level, local } = xml.elements
    if (token === TEXT) {
      if (isWanted) value = `${value ?? ''}${xml.text()}`.slice(0, valueCharactersMax + 1)
    } else if (token === START && level === 2) {
      isWanted = local === 'property' && value === null && xml.attributes.get('name') === name
      if (!isWanted) xml.skipElement()
      xml.wantsText = isWanted
    } else if (token === END && level === 2) {
      isWanted = false
      xml.wantsText = false
    }
  })
  return value !== null && (value as string).length > valueCharactersMax ? null : value
}
