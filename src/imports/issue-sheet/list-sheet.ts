/** The sheet with the faulty rows: their number, all their cells, and why they are here. */
import { type FieldInText, rowIssueText } from '../../contracts/row-issues.ts'
import type { Locale } from '../../errors.ts'
import { issueNotesMax } from '../../limits.ts'
import type { SheetPen, Styles } from '../../sheet-writer/index.ts'
import type { RefusedCell } from '../../storage/imports/refused-cell.ts'
import type { Row } from '../../xlsx/index.ts'
import { CellWriter } from './cell-writer.ts'
import type { IssueFeed } from './issue-feed.ts'
import { lineCount, reasonWidth } from './line-count.ts'
import { sheetTexts } from './sheet-texts.ts'

export interface ListOptions {
  readonly locale: Locale
  /** names of the columns of the file, in their order; a column n of the file stands in column n + 1 */
  readonly names: readonly string[]
  /** the fields by their keys, for the reasons */
  readonly fields: Readonly<Record<string, FieldInText>>
}

/** What the list has so far. */
export class ListTally {
  rows = 0
  notes = 0
  /** cells that have to do without a comment, and rows that have no room */
  notesLeftOut = 0
  rowsLeftOut = 0
}

const headFill = 'DDEBF7'
const textFormat = 49

export class ListSheet {
  readonly tally = new ListTally()
  readonly #pen: SheetPen
  readonly #options: ListOptions
  readonly #cells: CellWriter
  readonly #reasonColumn: number
  readonly #styles: { readonly head: number; readonly row: number; readonly reason: number }

  constructor(
    pen: SheetPen,
    styles: Styles,
    { date1904, ...options }: ListOptions & { readonly date1904: boolean },
  ) {
    this.#pen = pen
    this.#options = options
    this.#cells = new CellWriter(pen, styles, date1904)
    this.#reasonColumn = options.names.length + 2
    this.#styles = {
      head: styles.place({ format: textFormat, bold: true, fill: headFill }),
      row: styles.place({ format: 1 }),
      reason: styles.place({ format: textFormat, wraps: true }),
    }
  }

  writeNames(): void {
    const { row, reason } = sheetTexts(this.#options.locale)
    const { head } = this.#styles
    this.#pen.startRow()
    for (const [at, name] of [row, ...this.#options.names, reason].entries()) {
      this.#pen.text(at + 1, name, head)
    }
    this.#pen.endRow()
  }

  /** Rows in the order of the sheet. A row that is no longer faulty is left out. */
  async writeRows(rows: readonly Row[], feed: IssueFeed): Promise<void> {
    for (const row of rows) {
      const issues = await feed.of(row.number)
      if (issues.length === 0) continue
      if (this.#pen.hasRoom) this.#writeRow(row, issues)
      else this.tally.rowsLeftOut += 1
    }
  }

  #writeRow({ number, cells }: Row, issues: readonly RefusedCell[]): void {
    this.tally.rows += 1
    const reasons = issues.map(issue => this.#reasonOf(issue))
    const reason = reasons.join('\n')
    this.#pen.startRow(lineCount(reason, reasonWidth))
    this.#pen.number(1, String(number), this.#styles.row)
    let next = 0
    const fillUpTo = (column: number) => {
      for (; next < issues.length && issues[next]!.column < column; next += 1) {
        if (this.#hasColumn(issues[next]!.column)) this.#cells.blank(issues[next]!.column + 1, true)
      }
    }
    for (const cell of cells) {
      if (!this.#hasColumn(cell.column)) break
      fillUpTo(cell.column)
      const isFaulty = issues[next]?.column === cell.column
      if (isFaulty) next += 1
      this.#cells.write(cell.column + 1, cell, isFaulty)
    }
    fillUpTo(Number.POSITIVE_INFINITY)
    for (const [at, { column }] of issues.entries()) this.#note(column, reasons[at]!)
    this.#pen.text(this.#reasonColumn, reason, this.#styles.reason)
    this.#pen.endRow()
  }

  #hasColumn(column: number): boolean {
    return column >= 1 && column <= this.#options.names.length
  }

  /** The text of a row issue, which names the column: the cell has another address here than in its file. */
  #reasonOf({ code, column, field: key, value }: RefusedCell): string {
    const { locale, fields, names } = this.#options
    const field = fields[key] ?? { labels: { en: key, pl: key }, lengthMax: 0 }
    return rowIssueText(code, locale, { address: names[column - 1] ?? key, field, value })
  }

  #note(column: number, reason: string): void {
    if (!this.#hasColumn(column)) return
    if (this.tally.notes >= issueNotesMax) {
      this.tally.notesLeftOut += 1
      return
    }
    this.tally.notes += 1
    this.#pen.note(column + 1, reason)
  }
}
