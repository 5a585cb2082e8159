/** The sheet that costs an import the most memory: twenty columns in which no text comes twice. */
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type SheetValue, writeSheet } from '../src/sample/sheet-writer.ts'

/** Columns that become fields of a contact; those left over are read and thrown away. */
const mapped = [
  ['firstName', 'Imię'],
  ['lastName', 'Nazwisko'],
  ['companyName', 'Firma'],
  ['position', 'Stanowisko'],
  ['phone', '50'],
  ['phone2', '51'],
  ['phone3', '60'],
  ['email', '@poczta.example'],
  ['email2', '@praca.example'],
  ['street', 'Ulica'],
  ['postalCode', 'K'],
  ['city', 'Miasto'],
  ['country', 'Kraj'],
  ['taxId', 'N'],
  ['nationalId', 'P'],
  ['externalId', 'E'],
  ['notes', 'Uwaga o kliencie'],
] as const

export const uniqueColumns = mapped.map(([field], index) => ({ column: index + 1, field }))

const columnCount = 20

/** Makes it once; later calls find it. */
export async function makeUniqueSheet(rows: number): Promise<string> {
  const folder = join(import.meta.dirname, '.data')
  const path = join(folder, `unique-${rows}.xlsx`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  await writeSheet(createWriteStream(`${path}.new`), uniqueRows(rows), { scratchDir: folder })
  renameSync(`${path}.new`, path)
  return path
}

function* uniqueRows(rows: number): Generator<SheetValue[]> {
  yield Array.from({ length: columnCount }, (_, at) => mapped[at]?.[0] ?? `Kolumna ${at + 1}`)
  for (let row = 1; row <= rows; row += 1) {
    yield Array.from({ length: columnCount }, (_, at) => uniqueText(row, at))
  }
}

function uniqueText(row: number, at: number): string {
  const [field, word] = mapped[at] ?? ['', `Kolumna ${at}`]
  if (field.startsWith('phone')) return `${word}${String(1_000_000 + row).slice(-7)}`
  if (field.startsWith('email')) return `osoba.${row}${word}`
  return `${word} ${row}`
}
