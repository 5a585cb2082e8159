/**
 * The text format of COPY (PostgreSQL documentation, COPY, "Text Format"). The delimiter is the control character
 * "unit separator", which hardly any value holds. Contacts hold no control characters but line feed and tab; if a
 * delimiter came all the same, COPY would find a column too many and refuse it. Texts of refused cells may hold every
 * control character, so `issueLine` escapes the delimiter.
 */

const delimiter = '\x1f'

/** COPY reads the lines of `contactLine` by these options: an empty value is null. */
export const contactCopyOptions = `delimiter E'\\x1f', null ''`

/** COPY reads the lines of `issueLine` by these options: an empty value is an empty text. */
export const issueCopyOptions = `delimiter E'\\x1f'`

/** Characters that have a meaning in the format. Each line is tested once as a whole, because hardly any line has one. */
const special = /[\\\n\r]/
const specials = /[\\\n\r]/g
const specialsOfIssues = new RegExp(`[\\\\\n\r${delimiter}]`, 'g')

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  [delimiter]: `\\${delimiter}`,
}

/** The COPY line of a contact: the number of its row, then its values. No value may be an empty text; null may stand. */
export function contactLine(rowNumber: number, values: readonly (string | null)[]): string {
  // Array.join writes null as an empty text, which `contactCopyOptions` declares to be null.
  const line = `${rowNumber}${delimiter}${values.join(delimiter)}`
  return `${special.test(line) ? line.replaceAll(specials, escapeCharacter) : line}\n`
}

/** The COPY line of a row issue. `value` may be any text without NUL; `parts` hold no character with a meaning in COPY. */
export function issueLine(parts: readonly (string | number)[], value: string): string {
  return `${parts.join(delimiter)}${delimiter}${value.replaceAll(specialsOfIssues, escapeCharacter)}\n`
}

function escapeCharacter(character: string): string {
  return escapes[character]!
}
