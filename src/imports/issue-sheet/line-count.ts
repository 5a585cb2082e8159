/** How wide the columns of prose are in a sheet of faulty rows, and how high their rows have to be. */

/** In characters: the column of reasons, and the one of the second sheet. */
export const reasonWidth = 80
export const explanationWidth = 110

/** Part of a line that texts fill in a font that is wider than the one a sheet was made for. */
const filledShare = 0.9

/** Lines of a text in a column of this width, where its words are broken. */
export function lineCount(text: string, width: number): number {
  const perLine = width * filledShare
  return text
    .split('\n')
    .reduce((lines, paragraph) => lines + Math.max(1, Math.ceil(paragraph.length / perLine)), 0)
}
