/** Reads a workbook as an import does, from the inspection to the last mapped row, without a database. */
import { completeMapping, type Mapping } from '../../src/contracts/mapping.ts'
import { openMappedSheet } from '../../src/imports/run/mapped-sheet.ts'
import { observeDates } from '../../src/imports/run/observe-dates.ts'
import { pourRows } from '../../src/imports/run/pour-rows.ts'
import type { RowSink } from '../../src/imports/run/row-sink.ts'
import { chooseSheet } from '../../src/imports/sheet-choice.ts'
import { Progress } from '../../src/imports/threads/progress.ts'
import { type Inspection, inspectFile } from '../../src/imports/upload/inspect-file.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { type MappedRow, prepareRowMapper } from '../../src/mapping/to-contact.ts'
import { catalogue } from './built-in-catalogue.ts'

export interface SheetReading {
  readonly inspection: Inspection
  /** By row of the sheet; values by field. Rows that were skipped or rejected have none. */
  readonly contacts: ReadonlyMap<number, Readonly<Record<string, string | null>>>
  readonly rejected: readonly number[]
  readonly findings: ReturnType<FindingsTally['findings']>
}

/** Columns by their 1-based number: `{ 1: 'lastName', 2: 'phone' }`. */
export interface SheetToRead extends Partial<Omit<Mapping, 'columns'>> {
  readonly path: string
  readonly scratchDir: string
  readonly columns: Readonly<Record<number, string>>
  /** The first row of data, 2 by default. */
  readonly firstRow?: number
}

export async function readSheet(sheet: SheetToRead): Promise<SheetReading> {
  const { path, scratchDir, columns, firstRow = 2, ...choices } = sheet
  const inspection = await inspectFile({ path, scratchDir, locale: 'pl-PL', region: 'PL' })
  const record = chooseSheet(inspection.sheets, choices.sheet)
  const mapping = completeMapping({
    sheet: record.name,
    headerRow: true,
    region: 'PL',
    ...choices,
    columns: Object.entries(columns).map(([column, field]) => ({ column: Number(column), field })),
  })
  const stopping = new AbortController().signal
  const progress = new Progress()
  await using opened = await openMappedSheet({ path, scratchDir, mapping, stopping })
  const source = { mapping, endRow: record.rows + 1, stopping, progress }
  const dateOrders = await observeDates(opened, { ...source, fields: catalogue.fields, firstRow })
  const mapper = prepareRowMapper({ mapping, catalogue, today: '2026-11-28', dateOrders })
  const merged = inspection.previews.find(({ sheet }) => sheet === record.name)?.merged ?? []
  const kept = new KeptRows()
  await pourRows(kept, opened, {
    ...source,
    mapper,
    fromRow: firstRow,
    merged: merged.map(([row, column, rows, columns]) => ({ row, column, rows, columns })),
  })
  const contacts = new Map<number, Record<string, string | null>>()
  const rejected: number[] = []
  for (const [number, mapped] of kept.rows) {
    if (mapped.kind === 'rejected') rejected.push(number)
    if (mapped.kind !== 'contact') continue
    const values = mapper.fields.map(({ key }, place) => [key, mapped.values[place]!])
    contacts.set(number, Object.fromEntries(values))
  }
  return { inspection, contacts, rejected, findings: kept.findings.findings() }
}

/** A sink that keeps all rows. */
class KeptRows implements RowSink {
  readonly findings = new FindingsTally()
  readonly rows = new Map<number, MappedRow>()
  readonly isFull = false

  add(rowNumber: number, mapped: MappedRow): void {
    this.rows.set(rowNumber, mapped)
  }

  async ready(): Promise<void> {}
  send(): void {}
  async settle(): Promise<void> {}
  async complete(): Promise<void> {}
  async fail(): Promise<void> {}
  async slowDown(): Promise<boolean> {
    return false
  }
  async [Symbol.asyncDispose](): Promise<void> {}
}
