/**
 * The end of a run's stream of rows: a sink takes each mapped row and decides what becomes of it. A run that
 * imports has a sink that writes contacts; runs that only judge rows, or compare them, bring one of their own.
 */
import type { FindingsTally } from '../../mapping/findings-tally.ts'
import type { MappedRow } from '../../mapping/to-contact.ts'
import type { SlowBatchError } from '../../storage/imports/batch-writer.ts'
import type { Fault } from '../file-fault.ts'

export interface RowSink extends AsyncDisposable {
  /** Collects the findings of the rows in hand; another one after each `send`. */
  readonly findings: FindingsTally

  /** Takes the next row. Rows come in ascending order, each once; a row between two that came is empty. */
  add(rowNumber: number, mapped: MappedRow): void

  /** Whether the rows in hand are enough to be sent. */
  readonly isFull: boolean

  /** Waits until the rows in hand can be sent; rejects when rows sent before could not be kept. */
  ready(): Promise<void>

  /** Sends the rows in hand; `ready` comes first. `endRow` closes the sheet: rows up to it are empty. */
  send(endRow?: number): void

  /** Waits until all rows that were sent are kept; rejects when some could not be. */
  settle(): Promise<void>

  /** Ends the run. Every row must be accounted for, or nothing changes and it throws. */
  complete(): Promise<void>

  /** Has the next run begin with fewer rows at once; false when it was tried often enough with a single one. */
  slowDown(fault: SlowBatchError): Promise<boolean>

  /** Ends the run with a fault; rows that were kept stay. */
  fail(fault: Fault): Promise<void>
}
