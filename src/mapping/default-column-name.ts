/** Names of columns and cells: what a column without a header is called, and A1-style addresses. */

const defaultNames = { en: 'Column', pl: 'Kolumna' } as const

/** The name of a column that has no header: `Column 3`, `Kolumna 3`. */
export function defaultColumnName(column: number, locale: 'en' | 'pl'): string {
  return `${defaultNames[locale]} ${column}`
}

/**
 * The letters of a 1-based column: 1 → `A`, 27 → `AA`, 16,384 → `XFD` (ECMA-376 Part 1, §18.18.7).
 * Throws RangeError for anything but a positive integer.
 */
export function columnLetter(column: number): string {
  if (!Number.isSafeInteger(column) || column < 1) {
    throw new RangeError(`a column is a positive integer, not ${column}`)
  }
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** The address of a cell, both numbers 1-based: row 7, column 2 → `B7`. */
export function cellAddress(row: number, column: number): string {
  return `${columnLetter(column)}${row}`
}
