/**
 * The text format of COPY (PostgreSQL documentation, COPY, "Text Format"), with a delimiter that hardly any
 * value holds: unit separator is a control character. Contacts hold no control character but line feed and
 * tab; one that came all the same would be a column too many, which COPY refuses. Texts of refused cells may
 * hold every one, and escape it.
 */

const delimiter = '\x1f'

/** COPY reads the lines of `contactLine` by these options. */
export const contactCopyOptions = `delimiter E'\\x1f', null ''`

/** COPY reads the lines of `issueLine` by these options: an empty value is an empty text. */
export const issueCopyOptions = `delimiter E'\\x1f'`

/** Characters that the format gives a meaning to; looked for once a line, as hardly any line has one. */
const special = /[\\\n\r]/
const specials = /[\\\n\r]/g
const specialsOfIssues = new RegExp(`[\\\\\n\r${delimiter}]`, 'g')

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  [delimiter]: `\\${delimiter}`,
}

/** One line for a row: its number, then its values, none of which is empty; null is an empty one. */
export function contactLine(rowNumber: number, values: readonly (string | null)[]): string {
  // Array.join takes null for nothing, as COPY is told to.
  const line = `${rowNumber}${delimiter}${values.join(delimiter)}`
  return `${special.test(line) ? line.replaceAll(specials, escapeCharacter) : line}\n`
}

/** One line of a row's issue. `value` holds any text but NUL, the other parts nothing that COPY gives a meaning to. */
export function issueLine(parts: readonly (string | number)[], value: string): string {
  return `${parts.join(delimiter)}${delimiter}${value.replaceAll(specialsOfIssues, escapeCharacter)}\n`
}

function escapeCharacter(character: string): string {
  return escapes[character]!
}
