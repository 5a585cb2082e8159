/**
 * Holds back rows that look like footers until it is known what follows them. A row that another contact follows
 * stands within the list and is imported; those before the end of the sheet are left out. Held rows are in no batch,
 * so a continuation reads them again, and what becomes of a row depends on the rows behind it alone.
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

  /** Maps the next row and gives it to the sink, behind those that it shows to stand within the list. */
  take(row: SheetRow): void {
    if (this.#rows.length > 0) {
      this.#takeBehindHeld(row)
      return
    }
    const mapped = this.#mapper.mapUnlessFooter(row, this.#sink.findings)
    if (mapped === null) this.#rows.push(row)
    else this.#sink.add(row.number, mapped)
  }

  /** Findings stand in the order of rows: those of the held rows are told before those of this one. */
  #takeBehindHeld(row: SheetRow): void {
    const isHeld = this.#mapper.mapUnlessFooter(row, new FindingsTally()) === null
    if (isHeld) this.#rows.push(row)
    while (this.#rows.length > (isHeld ? footerRowsMax : 0)) this.#import(this.#rows.shift()!)
    if (!isHeld) this.#import(row)
  }

  #import(row: SheetRow): void {
    this.#sink.add(row.number, this.#mapper.map(row, this.#sink.findings))
  }

  /** Leaves out the rows that are held: nothing follows them. */
  end(): void {
    for (const row of this.#rows) {
      this.#sink.add(row.number, this.#mapper.leaveOut(row, this.#sink.findings))
    }
    this.#rows.length = 0
  }
}
