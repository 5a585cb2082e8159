/** The text format of COPY (PostgreSQL documentation, COPY, "Text Format"). */

/** Characters that the format gives a meaning to. */
const special = /[\\\t\n\r]/

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

/** One line for a row: its number, then its values; null is `\N`. */
export function copyLine(rowNumber: number, values: readonly (string | null)[]): string {
  let line = String(rowNumber)
  for (const value of values) line += value === null ? '\t\\N' : `\t${escapeValue(value)}`
  return `${line}\n`
}

function escapeValue(value: string): string {
  return special.test(value)
    ? value.replaceAll(/[\\\t\n\r]/g, character => escapes[character]!)
    : value
}
