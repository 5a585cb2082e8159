/** Where cells stand, and how large a sheet is (ECMA-376 Part 1 §18.18.7, Excel's specifications and limits). Pure. */

export const sheetRowsMax = 1_048_576
export const sheetColumnsMax = 16_384

/** Characters of the text of one cell. */
export const cellCharactersMax = 32_767

const letters: string[] = []

/** The letters of a 1-based column: 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  let name = letters[column]
  if (name === undefined) {
    const last = String.fromCharCode(65 + ((column - 1) % 26))
    name = column <= 26 ? last : columnLetters(Math.floor((column - 1) / 26)) + last
    letters[column] = name
  }
  return name
}
