/** Names of columns that stand in two rows: `Adres` merged over several columns, and `Ulica` below it. */

type Merged = readonly [row: number, column: number, rows: number, columns: number]

/** Between the upper and the lower name. */
export const nameJoint = ' – '

/**
 * The texts of a row of names, 1-based, each with the text of the merged range above it in front. A name that is
 * merged over both rows stands in the upper one. Nothing for row 0.
 */
export function joinHeaderRows(
  rows: readonly (readonly (string | null)[])[],
  headerRow: number,
  merged: readonly Merged[],
): (string | null)[] {
  const names = [...(rows[headerRow - 1] ?? [])]
  const upper = rows[headerRow - 2]
  if (upper === undefined || names.length === 0) return names
  for (const [row, column, height, width] of merged) {
    if (row !== headerRow - 1) continue
    const above = upper[column - 1]?.trim()
    // A range over the whole list is its title.
    if (!above || (width >= names.length && names.length > 1)) continue
    for (let at = column - 1; at < Math.min(column - 1 + width, names.length); at++) {
      const name = names[at]?.trim()
      if (height === 1 && width > 1 && name) names[at] = `${above}${nameJoint}${name}`
      else if (height > 1 && !name) names[at] = above
    }
  }
  return names
}
