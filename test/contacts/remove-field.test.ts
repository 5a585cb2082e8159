/** A deleted custom field is gone at once, its values a little later, whatever is written meanwhile. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import type { ContactFieldItem, ContactPage } from '../../src/contracts/contact.ts'
import type { Import } from '../../src/contracts/import.ts'
import type { Problem } from '../../src/contracts/problem.ts'
import { customValuesPerStep } from '../../src/limits.ts'
import type { SheetValue } from '../../src/sample/sheet-writer.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t, { BATCH_ROWS_MAX: '500' })
const { adminUrl } = service.database
const folder = makeScratchFolder(t)

async function createField(key: string) {
  const body = { key, type: 'text', labels: { en: key, pl: key } }
  const made = await service.call<ContactFieldItem>('POST', '/contact-fields', { body })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  const [row] = await queryOnce(adminUrl, 'select id from contact_fields where key = $1', [key])
  return String(row!.id)
}

let files = 0
async function upload(key: string, rows: number): Promise<string> {
  const sheet: SheetValue[][] = [['Nazwisko', key]]
  for (let row = 0; row < rows; row += 1) sheet.push([`Nazwisko ${row}`, `wartość ${row % 7}`])
  return (await service.upload(await writeSmallSheet(join(folder, `${++files}.xlsx`), sheet))).id
}

/** Contacts and places that still hold a value of the field. */
async function countLeft(fieldId: string): Promise<number> {
  const [row] = await queryOnce(
    adminUrl,
    `select (select count(*) from contacts where custom ? $1::text)
      + (select count(*) from contact_values where field_id = $1::bigint) as left`,
    [fieldId],
  )
  return Number(row!.left)
}

async function jobsLeft(): Promise<number> {
  const jobs = await queryOnce(adminUrl, `select 1 from jobs where kind = 'field-removal'`)
  return jobs.length
}

async function waitForJobs(): Promise<void> {
  while ((await jobsLeft()) > 0) await sleep(50)
}

t.test('values vanish from every answer at once, and then from the table', async t => {
  const key = 'wave'
  const fieldId = await createField(key)
  const rows = customValuesPerStep + 500
  const id = await upload(key, rows)
  await service.mapAndStart(id)
  await service.waitFor(id, isCompleted)
  const usage = await service.call('GET', `/contact-fields/${key}/usage`)
  t.strictSame(usage.body, { key, contacts: rows })
  t.equal(await countLeft(fieldId), 2 * rows)
  t.equal((await service.call('DELETE', `/contact-fields/${key}`)).status, 202)
  const page = await service.call<ContactPage>('GET', `/contacts?importId=${id}&limit=1`)
  t.strictSame(page.body.items[0]!.custom, {})
  t.equal((await service.call('GET', `/contacts?field.${key}=x`)).status, 400)
  await createField(key)
  const anew = await service.call('GET', `/contact-fields/${key}/usage`)
  t.strictSame(anew.body, { key, contacts: 0 }, 'a field of the same key begins empty')
  await waitForJobs()
  t.equal(await countLeft(fieldId), 0)
})

t.test('an import that runs meanwhile ends well, without values of the field', async t => {
  const key = 'running'
  const fieldId = await createField(key)
  const id = await upload(key, 20_000)
  await service.mapAndStart(id)
  await service.waitFor(id, ({ rows }) => rows.processed > 1_000)
  await service.call('DELETE', `/contact-fields/${key}`)
  const { body } = await service.call<Import>('GET', `/imports/${id}`)
  t.equal(body.status, 'running', 'it was deleted while it ran')
  t.match((await service.waitFor(id, isCompleted)).rows, { created: 20_000, rejected: 0 })
  await waitForJobs()
  t.equal(await countLeft(fieldId), 0)
})

t.test('a batch that read the field before its deletion is waited for', async t => {
  const key = 'late'
  const fieldId = await createField(key)
  const batch = new Client({ connectionString: adminUrl })
  await batch.connect()
  await batch.query('begin')
  await batch.query(
    `insert into contacts (tenant_id, import_id, row_number, custom)
    select 'acme', id, 1000000, jsonb_build_object($1::text, 'x') from imports limit 1`,
    [fieldId],
  )
  await service.call('DELETE', `/contact-fields/${key}`)
  await sleep(1_000)
  t.equal(await jobsLeft(), 1, 'it waits')
  await batch.query(
    `insert into contact_values select tenant_id, $1::bigint, '\\x00', id from contacts
    where row_number = 1000000`,
    [fieldId],
  )
  await batch.query('commit')
  await batch.end()
  await waitForJobs()
  t.equal(await countLeft(fieldId), 0)
})

t.test(
  'an import that was mapped before goes on without the field; a template is refused',
  async t => {
    const key = 'mapped'
    await createField(key)
    const id = await upload(key, 2)
    const columns = [
      { column: 1, field: 'lastName' },
      { column: 2, field: `field.${key}` },
    ]
    const mapping = { headerRow: true, columns, required: [`field.${key}`] }
    await service.call('PUT', `/imports/${id}/mapping`, { body: mapping })
    const named = [{ name: key, field: `field.${key}` }]
    await service.call('POST', '/mapping-templates', { body: { name: 'Stary', columns: named } })
    await service.call('DELETE', `/contact-fields/${key}`)
    t.equal((await service.call('POST', `/imports/${id}/start`)).status, 202)
    t.match((await service.waitFor(id, isCompleted)).rows, { created: 2, rejected: 0 })
    const other = await upload(key, 2)
    const refused = await service.call<Problem>('PUT', `/imports/${other}/mapping`, {
      body: { template: 'Stary' },
    })
    t.match(refused.body, { code: 'mapping-unknown-field', detail: /field\.mapped/ })
    await waitForJobs()
  },
)
