/** Owns a small list with rows of every fate, and repairs of its rows on a bare connection. */
import { Client } from 'pg'
import { fieldColumns } from '../../src/imports/run/field-columns.ts'
import { cellAddress } from '../../src/mapping/default-column-name.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { type RepairOutcome, repairRows } from '../../src/storage/imports/repair-rows.ts'
import { sqlOn } from '../../src/storage/postgres/sql.ts'
import { inTenantTransaction } from '../../src/storage/postgres/tenant-session.ts'
import { prepareMapper } from './built-in-catalogue.ts'
import { writeSmallSheet } from './small-sheet.ts'

type Texts = readonly (string | null)[]

/** Rows 3 and 6 are rejected, 4 and 7 came in without cells, 5 is empty. */
export const faultyRows: readonly Texts[] = [
  ['Nazwisko', 'Telefon', 'E-mail', 'Data urodzenia', 'Notatki'],
  ['Nowak', '601 123 450', 'nowak@example.com', '1990-01-31', 'stały klient'],
  ['Kowal', 'brak 3', null, null, null],
  ['Lis', 'brak 4', 'lis@example.com', null, 'dzwonić po 16'],
  [null, null, null, null, null],
  ['Zając', 'brak 6', 'zły adres', null, null],
  ['Wilk', '601 123 457', 'zły adres', '99.99.9999', null],
  ['Mazur', '601 123 458', null, null, null],
]

export const faultyColumns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'email' },
  { column: 4, field: 'birthDate' },
  { column: 5, field: 'notes' },
]

export function writeFaultySheet(path: string): Promise<string> {
  return writeSmallSheet(path, faultyRows as (string | null)[][])
}

/** A list of which every third row is rejected, and every fifth came in without its phone. */
export function writeLongFaultySheet(path: string, rows: number): Promise<string> {
  const names = faultyRows[0] as string[]
  const all = Array.from({ length: rows }, (_, at) => longRow(at + 2))
  return writeSmallSheet(path, [names, ...all])
}

function longRow(row: number): (string | null)[] {
  const phone = `601 ${String(100_000 + row).replace(/(\d{3})$/, ' $1')}`
  if (row % 3 === 0) return [`Kowal ${row}`, `brak ${row}`, null, null, null]
  if (row % 5 === 0) return [`Lis ${row}`, `brak ${row}`, `lis${row}@example.com`, null, null]
  return [`Nowak ${row}`, phone, null, null, null]
}

/** The rows of that list that were not taken whole, with phones that can be called. */
export function correctedLongRows(rows: number): { row: number; texts: (string | null)[] }[] {
  return Array.from({ length: rows }, (_, at) => at + 2)
    .filter(row => row % 3 === 0 || row % 5 === 0)
    .map(row => ({ row, texts: [`Poprawny ${row}`, `602 ${100_000 + row}`, null, null, null] }))
}

export interface RepairOptions {
  readonly importId: string
  readonly tenantId?: string
  readonly correctionId?: string | null
  /** Runs in the transaction, before the repair and behind it. */
  readonly before?: () => Promise<unknown>
  readonly behind?: () => Promise<unknown>
  readonly fence?: () => Promise<void>
}

/** Repairs rows by the texts of their cells, on a connection of its own. */
export async function repairTexts(
  url: string,
  { importId, tenantId = 'acme', correctionId = null, before, behind, fence }: RepairOptions,
  rows: readonly { readonly row: number; readonly texts: Texts }[],
): Promise<RepairOutcome[]> {
  const mapper = prepareMapper(faultyColumns)
  const client = new Client({ connectionString: url })
  await client.connect()
  const sql = sqlOn(client)
  try {
    return await inTenantTransaction(sql, tenantId, async () => {
      await before?.()
      const outcomes = await repairRows(sql, {
        tenantId,
        importId,
        correctionId,
        actor: 'anna',
        columns: fieldColumns(mapper.fields),
        fills: mapper.fills,
        cellAddress,
        ...(fence && { fence }),
        rows: rows.map(({ row, texts }) => {
          const cells = texts.flatMap((value, at) =>
            value === null ? [] : [{ column: at + 1, type: 'string', value } as const],
          )
          const mapped = mapper.map({ number: row, cells }, new FindingsTally())
          return {
            row,
            values: mapped.kind === 'contact' ? mapped.values : null,
            issues: mapped.kind === 'skipped' ? [] : mapped.issues,
          }
        }),
      })
      await behind?.()
      return outcomes
    })
  } finally {
    await client.end()
  }
}
