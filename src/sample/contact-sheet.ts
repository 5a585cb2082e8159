/**
 * Sample sheets of Polish contacts as files: .xlsx for imports, .csv for whoever makes a
 * workbook or a table of the same rows in another way. The same seed gives the same file.
 */
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ContactRowsOptions, contactColumns, contactRows } from './contact-rows.ts'
import { type SheetValue, writeSheet } from './sheet-writer.ts'

export interface ContactSheetOptions extends ContactRowsOptions {
  /** Where text lives: in the shared table, as Excel does it, or in its cell. Default shared. */
  strings?: 'shared' | 'inline'
}

export interface ContactSheet {
  /** Contacts, without the header row. */
  rows: number
  columns: number
  headers: string[]
}

const headers = contactColumns.map(column => column.header)

/** Writes a workbook with a header row; an existing file is replaced. */
export async function writeContactSheet(
  path: string,
  options: ContactSheetOptions,
): Promise<ContactSheet> {
  const file = await open(path, 'w')
  await writeSheet(file.createWriteStream(), rowsWithHeader(options), {
    sheetName: 'Kontakty',
    strings: options.strings ?? 'shared',
    frozenRows: 1,
    columnWidths: [14, 22, 38, 18, 20, 40, 34, 13, 24, 15, 11, 44],
    scratchDir: dirname(path),
    modifiedAt: new Date(2026, 0, 1),
  })
  return { rows: options.rows, columns: headers.length, headers }
}

/** Writes the same rows as comma-separated values (RFC 4180), UTF-8, with a header row. */
export async function writeContactCsv(
  path: string,
  options: ContactRowsOptions,
): Promise<ContactSheet> {
  await pipeline(Readable.from(csvChunks(options)), createWriteStream(path))
  return { rows: options.rows, columns: headers.length, headers }
}

function* rowsWithHeader(options: ContactRowsOptions): Generator<readonly SheetValue[]> {
  yield headers
  yield* contactRows(options)
}

const chunkCharactersMax = 65_536

function* csvChunks(options: ContactRowsOptions): Generator<string> {
  let chunk = ''
  for (const row of rowsWithHeader(options)) {
    chunk += `${row.map(csvField).join(',')}\r\n`
    if (chunk.length < chunkCharactersMax) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

function csvField(value: SheetValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
