/**
 * The looks of cells (ECMA-376 Part 1 §18.8): number formats, fills and fonts, numbered as somebody first asks for them.
 * The part is written behind the sheets, when all of them are known.
 */
import { declaration, escapeAttribute } from './xml-text.ts'

/** How a cell looks. */
export interface CellStyle {
  /** A number format: a code, or the id of a built-in one. General by default. */
  readonly format?: string | number
  /** Colour behind the text: RGB in hexadecimal, `FFC7CE`. */
  readonly fill?: string
  readonly bold?: boolean
  /** Long texts go on in the next line. */
  readonly wraps?: boolean
}

/** Ids below this one are built in (§18.8.30). */
const customFormatsFrom = 164
/** Every workbook has these two fills. */
const fixedFills = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
]

export class Styles {
  readonly #numbers = new Map<string, number>()
  readonly #xfs: string[] = []
  readonly #formats: string[] = []
  readonly #fills: string[] = []

  constructor() {
    // Cells without a style have the first one.
    this.place({})
  }

  /** The number of a style, for the cells that have it. */
  place(style: CellStyle): number {
    const key = JSON.stringify([style.format, style.fill, style.bold, style.wraps])
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#xfs.push(this.#xf(style)) - 1
      this.#numbers.set(key, number)
    }
    return number
  }

  /** The styles part. */
  xml(): string {
    const formats = this.#formats.map(
      (code, at) =>
        `<numFmt numFmtId="${customFormatsFrom + at}" formatCode="${escapeAttribute(code)}"/>`,
    )
    const fills = this.#fills.map(
      rgb =>
        `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/><bgColor indexed="64"/></patternFill></fill>`,
    )
    return [
      `${declaration}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`,
      formats.length > 0 ? listOf('numFmts', formats) : '',
      listOf('fonts', [fontOf(''), fontOf('<b/>')]),
      listOf('fills', [...fixedFills, ...fills]),
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      listOf('cellXfs', this.#xfs),
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      '</styleSheet>',
    ].join('')
  }

  #xf({ format = 0, fill, bold = false, wraps = false }: CellStyle): string {
    const formatId =
      typeof format === 'number' ? format : customFormatsFrom + placeIn(this.#formats, format)
    const fillId = fill === undefined ? 0 : fixedFills.length + placeIn(this.#fills, fill)
    return [
      `<xf numFmtId="${formatId}" fontId="${bold ? 1 : 0}" fillId="${fillId}" borderId="0" xfId="0"`,
      ' applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">',
      `<alignment vertical="top"${wraps ? ' wrapText="1"' : ''}/></xf>`,
    ].join('')
  }
}

function placeIn(list: string[], item: string): number {
  const at = list.indexOf(item)
  return at >= 0 ? at : list.push(item) - 1
}

function listOf(name: string, items: readonly string[]): string {
  return `<${name} count="${items.length}">${items.join('')}</${name}>`
}

function fontOf(extra: string): string {
  return `<font>${extra}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`
}
