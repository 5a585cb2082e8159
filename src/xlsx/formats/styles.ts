/**
 * Owns the styles part (ECMA-376 Part 1 §18.8) as far as it tells dates from numbers: for each cell
 * format (`xf` of `cellXfs`), its number format.
 */

import type { PackageParts } from '../package/package-parts.ts'
import { XlsxError } from '../xlsx-error.ts'
import { NS_MAIN } from '../xml/names.ts'
import { START } from '../xml/scan.ts'
import { builtInFormat, type NumberFormat, parseNumberFormat } from './number-format.ts'

/** Number formats by cell format index; a cell whose index is not there has format General. */
export type Styles = readonly NumberFormat[]

/** Reads the styles; without a part, every number is a number. */
export async function readStyles(parts: PackageParts, part: string): Promise<Styles> {
  if (!parts.has(part)) return []
  const codes = new Map<number, NumberFormat>()
  const formatIds: number[] = []
  let section = ''
  await parts.walk(part, (token, xml) => {
    if (token !== START) return
    const { level, local, uri } = xml.elements
    if (level === 1) return
    if (uri !== NS_MAIN) xml.skipElement()
    else if (level === 2) {
      section = local
      if (section !== 'numFmts' && section !== 'cellXfs') xml.skipElement()
    } else if (section === 'numFmts' && local === 'numFmt') {
      const code = xml.attributes.get('formatCode')
      assertCount(code?.length ?? 0, parts.limits.formatCodeCharactersMax, 'characters of a format')
      addFormat(codes, xml.attributes.get('numFmtId'), code)
      assertCount(codes.size, parts.limits.numberFormatsMax, 'number formats')
    } else if (section === 'cellXfs' && local === 'xf') {
      formatIds.push(Number.parseInt(xml.attributes.get('numFmtId') ?? '0', 10) || 0)
      assertCount(formatIds.length, parts.limits.cellFormatsMax, 'cell formats')
      xml.skipElement()
    }
  })
  return formatIds.map(id => codes.get(id) ?? builtInFormat(id))
}

function addFormat(codes: Map<number, NumberFormat>, id: string | null, code: string | null): void {
  if (id !== null && code !== null) codes.set(Number.parseInt(id, 10), parseNumberFormat(code))
}

function assertCount(count: number, countMax: number, what: string): void {
  if (count > countMax) throw new XlsxError('too-large', `more than ${countMax} ${what}`)
}
