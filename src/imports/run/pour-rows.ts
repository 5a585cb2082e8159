/** Reads the remaining rows of a sheet, maps each one and gives it to a sink. */
import type { Mapping } from '../../contracts/mapping.ts'
import type { RowMapper } from '../../mapping/to-contact.ts'
import type { MergedRange } from '../../xlsx/index.ts'
import type { Progress } from '../threads/progress.ts'
import { HeldFooters } from './held-footers.ts'
import type { MappedSheet } from './mapped-sheet.ts'
import type { RowSink } from './row-sink.ts'

export interface PourOptions {
  readonly mapping: Mapping
  readonly mapper: RowMapper
  readonly fromRow: number
  /** the row behind the last one */
  readonly endRow: number
  /** merged ranges of the sheet */
  readonly merged: readonly MergedRange[]
  readonly progress: Progress
  readonly stopping: AbortSignal
}

/** Pours all remaining rows. Throws the reason of `stopping` when that aborts before the end. */
export async function pourRows(
  sink: RowSink,
  { workbook, sheet }: MappedSheet,
  { mapping, mapper, fromRow, endRow, merged, progress, stopping }: PourOptions,
): Promise<void> {
  const held = new HeldFooters(mapper, sink)
  const { ownColumns = [] } = sink
  const columns = [...mapping.columns.map(({ column }) => column), ...ownColumns]
  for await (const rows of workbook.rowBatches(sheet, {
    columns,
    fromRow,
    toRow: endRow - 1,
    merged,
  })) {
    progress.note()
    for (const row of rows) {
      held.take(row)
      if (!sink.isFull) continue
      await sink.ready()
      stopping.throwIfAborted()
      sink.send()
    }
  }
  held.end()
  await sink.ready()
  sink.send(endRow)
  await sink.settle()
}
