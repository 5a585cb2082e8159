/** Owns a sheet with rows of every fate: most become contacts, some are rejected, some are empty. */
import { createWriteStream } from 'node:fs'
import { contactColumns, contactRows } from '../../src/sample/contact-rows.ts'
import { type SheetValue, writeSheet } from '../../src/sample/sheet-writer.ts'

/** Columns as a mapping takes them. */
export const messyColumns = contactColumns.map(({ field }, index) => ({ column: index + 1, field }))

/**
 * Every 89th row holds its phone twice, every 97th phone cannot be one, every 101st row is empty; all depend
 * on the row number alone.
 */
export async function writeMessySheet(path: string, rows: number, seed = 1): Promise<string> {
  await writeSheet(createWriteStream(path), messyRows(rows, seed), {
    sheetName: 'Kontakty',
    strings: 'shared',
  })
  return path
}

function* messyRows(rows: number, seed: number): Generator<readonly SheetValue[]> {
  yield contactColumns.map(({ header }) => header)
  let number = 1
  for (const row of contactRows({ rows, seed })) {
    number += 1
    if (number % 101 === 0 && number <= rows) yield row.map(() => null)
    else if (number % 97 === 0) yield row.map((value, at) => (at === 3 ? `brak ${number}` : value))
    else if (number % 89 === 0) yield row.map((value, at) => (at === 4 ? row[3]! : value))
    else yield row
  }
}
