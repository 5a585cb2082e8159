/** The stack that a team would otherwise write: xlsx-stream-reader, and MikroORM's persist and flush. */
import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { defineEntity, MikroORM, p } from '@mikro-orm/postgresql'
import { contactColumns } from '../../src/sample/contact-rows.ts'

const batchRows = 1_000

const ContactOfUsualStack = defineEntity({
  name: 'Contact',
  tableName: 'contacts',
  properties: {
    id: p.bigint('string').primary(),
    tenantId: p.text(),
    importId: p.uuid(),
    rowNumber: p.integer(),
    ...Object.fromEntries(
      contactColumns.map(({ field }) => [
        field,
        p
          .text()
          .nullable()
          .fieldName(
            field === 'phone2' ? 'phone2' : field.replaceAll(/[A-Z]/g, c => `_${c.toLowerCase()}`),
          ),
      ]),
    ),
  },
})

interface Row {
  values: unknown[]
}

interface SheetEvents {
  on(event: 'row', listener: (row: Row) => void): void
  on(event: 'end', listener: () => void): void
  process(): void
}

interface WorkbookEvents extends NodeJS.WritableStream {
  on(event: 'worksheet', listener: (sheet: SheetEvents) => void): this
  on(event: 'end' | 'error', listener: (fault?: Error) => void): this
}

const XlsxStreamReader: new () => WorkbookEvents = createRequire(import.meta.url)(
  'xlsx-stream-reader',
)

/** Imports the sheet as it is, without validation; gives rows and seconds. */
export async function importByUsualStack(
  adminUrl: string,
  sheetPath: string,
): Promise<{ rows: number; seconds: number }> {
  const orm = await MikroORM.init({ clientUrl: adminUrl, entities: [ContactOfUsualStack] })
  try {
    const begin = performance.now()
    const rows = await readRows(sheetPath)
    const em = orm.em.fork()
    for (let at = 0; at < rows.length; at += batchRows) {
      for (const [index, { values }] of rows.slice(at, at + batchRows).entries()) {
        em.persist(em.create(ContactOfUsualStack, entityOf(values, at + index + 2) as never))
      }
      await em.flush()
      em.clear()
    }
    return { rows: rows.length, seconds: (performance.now() - begin) / 1000 }
  } finally {
    await orm.close()
  }
}

function entityOf(values: unknown[], rowNumber: number): Record<string, unknown> {
  const fields = contactColumns.map(({ field }, index) => {
    const value = values[index + 1]
    if (value === undefined || value === null || value === '') return [field, null]
    return [field, field === 'birthDate' ? isoDate(value) : String(value)]
  })
  return {
    tenantId: 'bench',
    importId: '00000000-0000-7000-8000-000000000000',
    rowNumber,
    ...Object.fromEntries(fields),
  }
}

function isoDate(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  const text = String(value)
  if (/^\d{2}\.\d{2}\.\d{4}$/.test(text)) return text.split('.').reverse().join('-')
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? '1970-01-01' : date.toISOString().slice(0, 10)
}

function readRows(path: string): Promise<Row[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Row[]>()
  const rows: Row[] = []
  const workbook = new XlsxStreamReader()
  workbook.on('error', fault => reject(fault))
  workbook.on('worksheet', sheet => {
    sheet.on('row', row => rows.push(row))
    sheet.on('end', () => resolve(rows.slice(1)))
    sheet.process()
  })
  createReadStream(path).pipe(workbook)
  return promise
}
