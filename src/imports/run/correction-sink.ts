/** The sink that corrects: each row repairs the row of the original that its first cell names, batch by batch. */
import type { Reading } from '../../contracts/import.ts'
import {
  batchBytesMax,
  correctionRowsMax,
  firstCorrectionRowsMax,
  slowTriesMax,
} from '../../limits.ts'
import type { SheetRow } from '../../mapping/cell.ts'
import { cellAddress } from '../../mapping/default-column-name.ts'
import { FindingsTally } from '../../mapping/findings-tally.ts'
import type { MappedRow, RowMapper } from '../../mapping/to-contact.ts'
import type { ClaimedImport } from '../../storage/imports/claimed-import.ts'
import { CorrectionWriter } from '../../storage/imports/correction-writer.ts'
import type { SlowBatchError } from '../../storage/imports/fenced-writer.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import type { Fault } from '../file-fault.ts'
import { columnsBefore } from '../upload/columns-before.ts'
import { BatchPace } from './batch-pace.ts'
import { BatchSize } from './batch-size.ts'
import { accountFor, type ReadCorrection, repairOf } from './correction-account.ts'
import { fieldColumns } from './field-columns.ts'
import { nextReading } from './reading-version.ts'
import type { RowSink } from './row-sink.ts'
import type { RunSession } from './run-sessions.ts'

export interface CorrectionSinkOptions {
  /** The caller closes them; the first one writes. */
  readonly sessions: readonly RunSession[]
  readonly claim: Claim
  readonly mapper: Pick<RowMapper, 'fields' | 'fills'>
  readonly row: Pick<ClaimedImport, 'nextRow' | 'batchRows' | 'readings' | 'corrects' | 'createdBy'>
  readonly leaseMs: number
  readonly batchRowsMax: number
}

/** The column of the list that holds the numbers of rows. */
const numberColumn = 1

export class CorrectionSink implements RowSink {
  readonly ownColumns = [numberColumn]
  /** of the next row alone: what is taken of a row is known once it is repaired */
  findings = new FindingsTally()
  readonly #writer: CorrectionWriter
  readonly #size: BatchSize
  readonly #pace = new BatchPace()
  #rows: ReadCorrection[] = []
  /** characters of the values in hand, which are at least as many bytes */
  #characters = 0
  #fromRow: number
  #reading: Reading | undefined
  #underWay: Promise<void> = Promise.resolve()

  constructor({ sessions, claim, mapper, row, leaseMs, batchRowsMax }: CorrectionSinkOptions) {
    this.#fromRow = row.nextRow
    this.#reading = nextReading(row.readings, row.nextRow)
    this.#writer = new CorrectionWriter({
      ...sessions[0]!,
      claim,
      leaseMs,
      columns: fieldColumns(mapper.fields),
      originalId: row.corrects!,
      repair: {
        actor: row.createdBy,
        fills: mapper.fills.map(({ column, places }) => ({
          column: column - columnsBefore,
          places,
        })),
        cellAddress,
      },
    })
    this.#size = new BatchSize({
      firstRows: row.batchRows ?? firstCorrectionRowsMax,
      rowsMax: Math.min(batchRowsMax, correctionRowsMax),
      leaseMs,
    })
  }

  add(rowNumber: number, mapped: MappedRow, { cells }: SheetRow): void {
    const original = numberOf(cells.find(({ column }) => column === numberColumn))
    const findings = this.findings.findings()
    this.findings = new FindingsTally()
    this.#rows.push({ row: rowNumber, original, mapped, findings })
    if (mapped.kind === 'contact') {
      for (const value of mapped.values) this.#characters += value?.length ?? 0
    }
  }

  get isFull(): boolean {
    return this.#rows.length >= this.#size.rows || this.#characters >= batchBytesMax
  }

  ready(): Promise<void> {
    return this.#underWay
  }

  send(endRow?: number): void {
    const rows = this.#rows
    const fromRow = this.#fromRow
    const nextRow = endRow ?? rows.at(-1)!.row + 1
    const { rowsPerSecond, progress } = this.#pace.next(nextRow)
    const batch = {
      fromRow,
      nextRow,
      repairs: rows.flatMap(row => repairOf(row, { columnsBefore }) ?? []),
      account: (outcomes: Parameters<typeof accountFor>[1]) =>
        accountFor(rows, outcomes, { fromRow, nextRow, columnsBefore }),
      ...(this.#reading && { reading: this.#reading }),
      rowsPerSecond,
      progress: progress && endRow === undefined,
      completes: endRow !== undefined,
    }
    this.#rows = []
    this.#characters = 0
    this.#fromRow = nextRow
    this.#reading = undefined
    this.#underWay = this.#writer.write(batch).then(ms => this.#size.note(rows.length, ms))
    // `ready` or `settle` reports its failure later; until then it must not count as an unhandled rejection.
    this.#underWay.catch(() => {})
  }

  settle(): Promise<void> {
    return this.#underWay
  }

  async fail({ code, data }: Fault): Promise<void> {
    await this.#rest()
    await this.#writer.fail(code, data)
  }

  async slowDown({ rows }: SlowBatchError): Promise<boolean> {
    await this.#rest()
    return (await this.#writer.noteSlowBatch(rows)) < slowTriesMax
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rest()
  }

  async #rest(): Promise<void> {
    await this.#underWay.catch(() => {})
  }
}

const rowsOfSheetMax = 1_048_576
const numberText = /^\s*([1-9]\d{0,6})(?:[.,]0+)?\s*$/

/** The number of a row in a cell, typed as a number or as a text; null for anything else. */
function numberOf(cell: SheetRow['cells'][number] | undefined): number | null {
  const value =
    cell?.type === 'number'
      ? cell.value
      : cell?.type === 'string'
        ? Number(numberText.exec(cell.value)?.[1])
        : Number.NaN
  return Number.isInteger(value) && value >= 1 && value <= rowsOfSheetMax ? value : null
}
