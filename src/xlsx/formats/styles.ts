/**
 * Owns the styles part (ECMA-376 Part 1 §18.8) as far as it says what a number shows: for each cell
 * format (`xf` of `cellXfs`), its number format.
 */

import type { PackageParts } from '../package/package-parts.ts'
import { XlsxError } from '../xlsx-error.ts'
import { NS_MAIN } from '../xml/names.ts'
import { START } from '../xml/scan.ts'
import { BuiltInFormats } from './built-in-formats.ts'
import { type NumberFormat, parseNumberFormat } from './number-format.ts'
import type { NumberSigns } from './number-signs.ts'

/** Number formats by cell format index; a cell whose index is not there has format General. */
export type Styles = readonly NumberFormat[]

/**
 * Reads the styles; without a part, every number is a number. Some writers leave out the namespace.
 * @throws XlsxError `corrupt` where the part holds something else
 */
export async function readStyles(
  parts: PackageParts,
  part: string,
  signs: NumberSigns,
): Promise<Styles> {
  if (!parts.has(part)) return []
  const codes = new Map<number, NumberFormat>()
  const formatIds: number[] = []
  let section = ''
  await parts.walk(part, (token, xml) => {
    if (token !== START) return
    const { level, local, uri } = xml.elements
    if (uri !== NS_MAIN && uri !== '') {
      if (level === 1) throw new XlsxError('corrupt', 'not a style sheet')
      xml.skipElement()
    } else if (level === 1) {
      if (local !== 'styleSheet') throw new XlsxError('corrupt', 'not a style sheet')
    } else if (level === 2) {
      section = local
      if (section !== 'numFmts' && section !== 'cellXfs') xml.skipElement()
    } else if (section === 'numFmts' && local === 'numFmt') {
      const code = xml.attributes.get('formatCode')
      assertCount(code?.length ?? 0, parts.limits.formatCodeCharactersMax, 'characters of a format')
      const id = xml.attributes.get('numFmtId')
      if (id !== null && code !== null)
        codes.set(Number.parseInt(id, 10), parseNumberFormat(code, signs))
      assertCount(codes.size, parts.limits.numberFormatsMax, 'number formats')
    } else if (section === 'cellXfs' && local === 'xf') {
      formatIds.push(Number.parseInt(xml.attributes.get('numFmtId') ?? '0', 10) || 0)
      assertCount(formatIds.length, parts.limits.cellFormatsMax, 'cell formats')
      xml.skipElement()
    }
  })
  const builtIn = new BuiltInFormats(signs)
  return formatIds.map(id => codes.get(id) ?? builtIn.get(id))
}

function assertCount(count: number, countMax: number, what: string): void {
  if (count > countMax) throw new XlsxError('too-large', `more than ${countMax} ${what}`)
}
