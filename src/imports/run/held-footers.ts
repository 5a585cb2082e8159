/**
 * Holds back rows that look like footers until it knows what follows them. A held row that a contact follows stands
 * within the list and is imported; held rows at the end of the sheet are left out. Held rows are in no batch, so a
 * continuation reads them again: what becomes of a row depends only on the rows after it.
 */
import { footerRowsMax } from '../../limits.ts'
import type { SheetRow } from '../../mapping/cell.ts'
import { FindingsTally } from '../../mapping/findings-tally.ts'
import type { RowMapper } from '../../mapping/to-contact.ts'
import type { RowSink } from './row-sink.ts'

export class HeldFooters {
  readonly #mapper: RowMapper
  readonly #sink: Pick<RowSink, 'add' | 'findings'>
  readonly #rows: SheetRow[] = []

  constructor(mapper: RowMapper, sink: Pick<RowSink, 'add' | 'findings'>) {
    this.#mapper = mapper
    this.#sink = sink
  }

  /** Maps the next row and gives it to the sink, after the held rows that it proves to stand within the list. */
  take(row: SheetRow): void {
    if (this.#rows.length > 0) {
      this.#takeBehindHeld(row)
      return
    }
    const mapped = this.#mapper.mapUnlessFooter(row, this.#sink.findings)
    if (mapped === null) this.#rows.push(row)
    else this.#sink.add(row.number, mapped, row)
  }

  /** Findings keep the order of rows: the sink gets the findings of held rows before those of this row. */
  #takeBehindHeld(row: SheetRow): void {
    const isHeld = this.#mapper.mapUnlessFooter(row, new FindingsTally()) === null
    if (isHeld) this.#rows.push(row)
    while (this.#rows.length > (isHeld ? footerRowsMax : 0)) this.#import(this.#rows.shift()!)
    if (!isHeld) this.#import(row)
  }

  #import(row: SheetRow): void {
    this.#sink.add(row.number, this.#mapper.map(row, this.#sink.findings), row)
  }

  /** Leaves out the held rows, because nothing follows them. */
  end(): void {
    for (const row of this.#rows) {
      this.#sink.add(row.number, this.#mapper.leaveOut(row, this.#sink.findings), row)
    }
    this.#rows.length = 0
  }
}
