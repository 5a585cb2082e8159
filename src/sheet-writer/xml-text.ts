/** Text as XML may hold it, so that every string reads back as it was. Pure. */

/** What stands before the first element of a part. */
export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

const forbidden = '\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff'
const loneSurrogate =
  '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const escapes = `[&<>${forbidden}]|${loneSurrogate}|_(?=x[0-9A-Fa-f]{4}_)`
const needsEscape = new RegExp(escapes)
const escaped = new RegExp(escapes, 'g')

/**
 * Text as content of an element of type ST_Xstring (ECMA-376 Part 1 §22.9.2.19). What XML cannot carry, and the carriage
 * return that parsers fold into a line feed, becomes `_xHHHH_`; the underscore of a text that already looks so is escaped.
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

/** Text as the value of an attribute in double quotes, without what XML cannot carry. */
export function escapeAttribute(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(new RegExp(`[${forbidden}]`, 'g'), '')
    .replaceAll(/[&<>"\t\n\r]/g, found => `&#${found.charCodeAt(0)};`)
}

const losesSpace = /^\s|\s$|[\t\n]/

const [space, ampersand, less, greater, underscore, surrogates] = [
  0x20, 0x26, 0x3c, 0x3e, 0x5f, 0xd800,
]

/**
 * Whether XML takes the text as it is, and parsers keep it: nearly all texts of cells are so, and are looked at once. A
 * look by hand at short texts takes a fraction of what regular expressions take.
 */
export function isPlain(text: string): boolean {
  const last = text.length - 1
  if (last < 0 || text.charCodeAt(0) === space || text.charCodeAt(last) === space) return false
  for (let at = 0; at <= last; at += 1) {
    const code = text.charCodeAt(at)
    if (code < space || code >= surrogates || code === ampersand) return false
    if (code === less || code === greater || code === underscore) return false
  }
  return !isWide(text.charCodeAt(0)) && !isWide(text.charCodeAt(last))
}

/** Whether a character may be white space beyond ASCII. */
function isWide(code: number): boolean {
  return code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x3000) || code === 0xfeff
}

/** The `<t>` element of a text. */
export function textElement(text: string): string {
  const space = losesSpace.test(text) ? ' xml:space="preserve"' : ''
  return `<t${space}>${escapeText(text)}</t>`
}
