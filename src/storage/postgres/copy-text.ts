/**
 * The text format of COPY (PostgreSQL documentation, COPY, "Text Format"), with a delimiter that no value holds:
 * unit separator is a control character, and contacts hold none but line feed and tab. One that came all the
 * same would be a column too many, which COPY refuses.
 */

const delimiter = '\x1f'

/** What COPY is told of the lines of `copyLine`. */
export const copyOptions = `delimiter E'\\x1f', null ''`

/** Characters that the format gives a meaning to; looked for once a line, as hardly any line has one. */
const special = /[\\\n\r]/
const specials = /[\\\n\r]/g

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' }

/** One line for a row: its number, then its values, none of which is empty; null is an empty one. */
export function copyLine(rowNumber: number, values: readonly (string | null)[]): string {
  // Array.join takes null for nothing, as COPY is told to.
  const line = `${rowNumber}${delimiter}${values.join(delimiter)}`
  return `${special.test(line) ? line.replaceAll(specials, escapeCharacter) : line}\n`
}

function escapeCharacter(character: string): string {
  return escapes[character]!
}
