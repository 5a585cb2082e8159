/** How wide the columns of a list of faulty rows are, by the names and the first rows of its file. */
import { columnWidthMax, columnWidthMin } from '../../limits.ts'
import type { SheetHead } from '../preview-import.ts'
import { reasonWidth } from './line-count.ts'

/** Room for the padding of a cell. */
const padding = 2

/** In characters: that of the row, those of the file's columns, that of the reasons. */
export function columnWidths({ rows }: SheetHead, names: readonly string[]): number[] {
  const widths = names.map(name => name.length)
  for (const row of rows) {
    for (const [at, text] of row.entries()) {
      if (at >= widths.length || text === null) continue
      widths[at] = Math.max(widths[at]!, text.length)
    }
  }
  const bounded = widths.map(width =>
    Math.min(columnWidthMax, Math.max(columnWidthMin, width + padding)),
  )
  return [columnWidthMin + padding, ...bounded, reasonWidth]
}
