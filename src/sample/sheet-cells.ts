/**
 * Turns values into the XML of worksheet cells (ECMA-376 Part 1, 18.3.1.4) and text into what a
 * string element may hold (18.4, 22.4.2.4). Pure: no file, no zip, no state.
 */

/** What a cell can be written from; null and undefined leave a gap. Dates are read in UTC. */
export type SheetValue = string | number | boolean | Date | null | undefined

/** Places of the cell formats in the styles part of `workbook-parts.ts`. */
export const cellFormat = { general: 0, date: 1, dateTime: 2 } as const

/** The limits of the format (Excel specifications and limits). */
export const sheetRowsMax = 1_048_576
export const sheetColumnsMax = 16_384
export const cellCharactersMax = 32_767

/** Gives the XML of a text cell at a reference; the text is not escaped yet. */
export type TextCell = (reference: string, text: string) => string

/**
 * The `<row>` element of a row. Throws RangeError, naming the cell, for what no cell can hold:
 * a number that is not finite, a date outside 1900–9999, a text or row too long.
 */
export function rowXml(
  rowNumber: number,
  values: readonly SheetValue[],
  textCell: TextCell,
): string {
  if (rowNumber > sheetRowsMax) throw new RangeError(`a sheet ends at row ${sheetRowsMax}`)
  if (values.length > sheetColumnsMax) {
    throw new RangeError(`row ${rowNumber} is wider than ${sheetColumnsMax} columns`)
  }
  let xml = `<row r="${rowNumber}">`
  for (let column = 0; column < values.length; column += 1) {
    const value = values[column]
    if (value === null || value === undefined) continue
    xml += cellXml(columnLetters(column) + rowNumber, value, textCell)
  }
  return `${xml}</row>`
}

function cellXml(reference: string, value: NonNullable<SheetValue>, textCell: TextCell): string {
  if (typeof value === 'string') {
    if (value.length > cellCharactersMax) {
      throw new RangeError(`the text of ${reference} exceeds ${cellCharactersMax} characters`)
    }
    return textCell(reference, value)
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${reference} holds ${value}, no number`)
    return `<c r="${reference}"><v>${value}</v></c>`
  }
  if (typeof value === 'boolean') return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`
  const serial = dateSerial(value)
  if (Number.isNaN(serial)) throw new RangeError(`the date of ${reference} is not within 1900–9999`)
  const format = Number.isInteger(serial) ? cellFormat.date : cellFormat.dateTime
  return `<c r="${reference}" s="${format}"><v>${serial}</v></c>`
}

/** A cell that holds its own text (t="inlineStr"). */
export function inlineTextCell(reference: string, text: string): string {
  return `<c r="${reference}" t="inlineStr"><is>${textXml(text)}</is></c>`
}

/** The `<t>` element of a text, as both string items and inline strings contain it. */
export function textXml(text: string): string {
  const space = losesSpace.test(text) ? ' xml:space="preserve"' : ''
  return `<t${space}>${escapeText(text)}</t>`
}

const losesSpace = /^\s|\s$|[\t\n]/

/**
 * Text as XML 1.0 content. What XML cannot carry, and the carriage return that parsers fold into
 * a line feed, becomes `_xHHHH_`; a text that already looks like such an escape gets its
 * underscore escaped, so that every string reads back as it was (ECMA-376 Part 1, 22.4.2.4).
 */
export function escapeText(text: string): string {
  if (!needsEscape.test(text)) return text
  return text.replace(escaped, found => {
    if (found === '&') return '&amp;'
    if (found === '<') return '&lt;'
    if (found === '>') return '&gt;'
    return `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
}

const forbidden = '\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff'
const loneSurrogate =
  '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const escapes = `[&<>${forbidden}]|${loneSurrogate}|_(?=x[0-9A-Fa-f]{4}_)`
const needsEscape = new RegExp(escapes)
const escaped = new RegExp(escapes, 'g')

const dayMs = 86_400_000
const serialZeroMs = Date.UTC(1899, 11, 30)
const serialLast = 2_958_466

/**
 * The serial of a date in the 1900 system, or NaN where it has none. Serial 60 is the
 * 29 February 1900 that never was, so the two months before it lie one lower.
 */
export function dateSerial(date: Date): number {
  const days = (date.getTime() - serialZeroMs) / dayMs
  const serial = days < 61 ? days - 1 : days
  return serial >= 1 && serial < serialLast ? serial : Number.NaN
}

const letters: string[] = []

/** Column letters of a 0-based column: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  let name = letters[column]
  if (name === undefined) {
    const last = String.fromCharCode(65 + (column % 26))
    name = column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last
    letters[column] = name
  }
  return name
}
