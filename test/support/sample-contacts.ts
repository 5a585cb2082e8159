/** Owns what a sample contact must look like once it is imported, worked out apart from the product. */
import { contactColumns, contactRows } from '../../src/sample/contact-rows.ts'
import { queryOnce } from './query.ts'
import type { TestService } from './service.ts'

const columnNames: Record<string, string> = {
  firstName: 'first_name',
  lastName: 'last_name',
  companyName: 'company_name',
  postalCode: 'postal_code',
  birthDate: 'birth_date',
  externalId: 'external_id',
}

const fields = contactColumns.map(({ field }) => field)

/** A line for each imported contact of the sample: its sheet row and every value. */
export function* expectedLines(rows: number, seed?: number): Generator<string> {
  let rowNumber = 1
  for (const row of contactRows({ rows, seed })) {
    rowNumber += 1
    const values = row.map((value, index) => expectedValue(fields[index]!, value))
    yield JSON.stringify([rowNumber, ...values])
  }
}

/** The same lines out of the database, in sheet order. */
export async function importedLines(service: TestService, importId: string): Promise<string[]> {
  const columns = fields.map(field => `${columnNames[field] ?? field}::text as "${field}"`)
  const rows = await queryOnce(
    service.database.adminUrl,
    `select row_number, ${columns.join(', ')} from contacts where import_id = $1 order by row_number`,
    [importId],
  )
  return rows.map(row => JSON.stringify([row.row_number, ...fields.map(field => row[field])]))
}

/** The first place where both differ; undefined when they are equal. */
export function firstDifference(expected: Iterable<string>, found: readonly string[]) {
  let index = 0
  for (const line of expected) {
    if (found[index] !== line) return { expected: line, found: found[index] }
    index += 1
  }
  return found.length > index ? { expected: undefined, found: found[index] } : undefined
}

function expectedValue(field: string, value: string | number | Date | null): string | null {
  if (value === null) return null
  if (field === 'phone' || field === 'phone2') return expectedPhone(String(value))
  if (field === 'birthDate') return expectedDate(value as string | Date)
  return String(value)
}

function expectedPhone(text: string): string {
  const digits = text.replaceAll(/\D/g, '')
  return digits.length === 9 ? `+48${digits}` : `+${digits}`
}

function expectedDate(value: string | Date): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return value.split('.').reverse().join('-')
}
