/**
 * The end of a run's stream of rows: a sink takes each mapped row and decides what becomes of it. A run that
 * imports has a sink that writes contacts; runs that only judge rows, or compare them, bring one of their own.
 */
import type { SheetRow } from '../../mapping/cell.ts'
import type { FindingsTally } from '../../mapping/findings-tally.ts'
import type { MappedRow } from '../../mapping/to-contact.ts'
import type { SlowBatchError } from '../../storage/imports/fenced-writer.ts'
import type { Fault } from '../file-fault.ts'

export interface RowSink extends AsyncDisposable {
  /** Collects the findings of the rows in hand; each `send` replaces it by an empty one. */
  readonly findings: FindingsTally

  /** Columns beside the mapped ones whose cells the sink reads itself; none when absent. */
  readonly ownColumns?: readonly number[]

  /**
   * Takes the next row, as it was mapped and as it was read. Rows come in ascending order, each once; row numbers left out
   * between two rows are empty rows.
   */
  add(rowNumber: number, mapped: MappedRow, row: SheetRow): void

  /** Whether the rows in hand are enough to be sent. */
  readonly isFull: boolean

  /** Waits until the rows in hand can be sent; rejects when the sink could not keep rows that were sent before. */
  ready(): Promise<void>

  /**
   * Sends the rows in hand; callers await `ready` first. `endRow` ends the sheet, and the run with it: rows before it that
   * did not come are empty.
   */
  send(endRow?: number): void

  /** Waits until the sink has kept all rows that were sent; rejects when it could not keep some. */
  settle(): Promise<void>

  /** Makes the next run begin with fewer rows at once; false when runs failed often enough even with a single row. */
  slowDown(fault: SlowBatchError): Promise<boolean>

  /** Ends the run with a fault; rows that were kept stay. */
  fail(fault: Fault): Promise<void>
}
