/**
 * The sheets that benches read: where they lie and how they come to be. A sheet is made once and
 * kept, as making a large one takes longer than reading it.
 */
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openPromise } from 'yauzl'
import { contactColumns, contactRows } from '../src/sample/contact-rows.ts'
import { writeContactSheet } from '../src/sample/contact-sheet.ts'

export interface BenchSheet {
  /** Contacts; the header row comes on top. */
  rows: number
  strings: 'shared' | 'inline'
}

export interface MadeSheet extends BenchSheet {
  path: string
  fileBytes: number
  /** Inflated bytes of the worksheet and its shared strings. */
  xmlBytes: number
  /** Cells that hold a value, header row included: what every contender has to find. */
  cells: number
}

const folder = join(import.meta.dirname, '.data')

/** The sheets that figures are published for. */
export const benchSheets: readonly BenchSheet[] = [
  { rows: 100_000, strings: 'shared' },
  { rows: 100_000, strings: 'inline' },
  { rows: 1_000_000, strings: 'shared' },
  { rows: 1_000_000, strings: 'inline' },
]

/** Finds the sheet or makes it; a sheet that was being made when its maker died is made again. */
export async function makeSheet(sheet: BenchSheet): Promise<MadeSheet> {
  const path = join(folder, `contacts-${sheet.rows}-${sheet.strings}.xlsx`)
  if (!statSync(path, { throwIfNoEntry: false })) {
    mkdirSync(folder, { recursive: true })
    const draft = `${path}.draft`
    await writeContactSheet(draft, sheet)
    renameSync(draft, path)
  }
  return {
    ...sheet,
    path,
    fileBytes: statSync(path).size,
    xmlBytes: await countXmlBytes(path),
    cells: countCells(sheet.rows),
  }
}

function countCells(rows: number): number {
  let cells = contactColumns.length
  for (const row of contactRows({ rows })) {
    for (const value of row) if (value !== null) cells += 1
  }
  return cells
}

async function countXmlBytes(path: string): Promise<number> {
  const zip = await openPromise(path)
  let bytes = 0
  for await (const entry of zip.eachEntry()) {
    if (isRead(entry.fileName)) bytes += entry.uncompressedSize
  }
  return bytes
}

/** The parts that make up nearly all of a workbook: its worksheet and its shared strings. */
export function isRead(entryName: string): boolean {
  return entryName.startsWith('xl/worksheets/') || entryName === 'xl/sharedStrings.xml'
}
