/** Contacts whose notes are as long as a cell may be: pages of them end early, and walking them misses none. */
import { join } from 'node:path'
import t from 'tap'
import type { Campaign } from '../../src/contracts/campaign.ts'
import type { ContactPage } from '../../src/contracts/contact.ts'
import { pageBytesMax, pageItemsMax } from '../../src/limits.ts'
import { writeContactSheet } from '../../src/sample/contact-sheet.ts'
import { readContacts } from '../../src/storage/contacts/contact-rows.ts'
import { openOrm } from '../../src/storage/open-orm.ts'
import { sqlOf } from '../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../src/storage/postgres/tenant-session.ts'
import { catalogue } from '../support/built-in-catalogue.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'

const contacts = 60
/** As JSON has them: 98,301 bytes. */
const notesCharacters = 32_767

const service = await startTestService(t)
const path = join(makeScratchFolder(t), 'contacts.xlsx')
await writeContactSheet(path, { rows: contacts, strings: 'inline' })
const { id } = await service.upload(path)
await service.mapAndStart(id)
await service.waitFor(id, isCompleted)
await queryOnce(
  service.database.adminUrl,
  `update contacts set notes = repeat('語', $1), last_name = 'Nowak', company_name = 'Nowak i syn'`,
  [notesCharacters],
)
const { body: campaign } = await service.call<Campaign>('POST', '/campaigns', {
  body: { name: 'Wiosna' },
})
await queryOnce(
  service.database.adminUrl,
  `insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id)
  select tenant_id, $1, id, import_id from contacts`,
  [campaign.id],
)

const lists = {
  'of an import': `/contacts?importId=${id}`,
  'of the tenant': '/contacts?',
  'found by a name': '/contacts?q=now',
  'found in an import': `/contacts?q=now&importId=${id}`,
  'of a campaign': `/campaigns/${campaign.id}/contacts?`,
}

for (const [name, list] of Object.entries(lists)) {
  t.test(`contacts ${name}`, async t => {
    const seen: string[] = []
    let pages = 0
    for (let cursor = ''; ; pages += 1) {
      const query = `limit=${pageItemsMax}${cursor && `&cursor=${cursor}`}`
      const { status, body } = await service.call<ContactPage>('GET', `${list}&${query}`)
      t.equal(status, 200)
      t.ok(Buffer.byteLength(JSON.stringify(body)) <= pageBytesMax + 1_000)
      t.ok(body.items.length > 0)
      seen.push(...body.items.map(contact => contact.id))
      if (body.nextCursor === null) break
      cursor = body.nextCursor
    }
    t.equal(seen.length, contacts)
    t.equal(new Set(seen).size, contacts, 'each once')
    t.ok(pages >= 5, 'in several pages')
  })
}

t.test('what an answer does not hold is not read from PostgreSQL', async t => {
  const orm = await openOrm(service.database.url)
  t.teardown(() => orm.close())
  const rows = await inTenant(orm, 'acme', em =>
    readContacts(sqlOf(em), { fields: catalogue.fields, limit: pageItemsMax + 1 }),
  )
  t.ok(rows.length <= Math.ceil(pageBytesMax / (3 * notesCharacters)) + 1, `${rows.length} rows`)
  t.notOk(Object.keys(rows[0]!).some(key => key.startsWith('page')))
})
