import { join } from 'node:path'
import t from 'tap'
import type { Assignment, Campaign } from '../../src/contracts/campaign.ts'
import type { Case } from '../../src/contracts/case.ts'
import type { ContactPage } from '../../src/contracts/contact.ts'
import type { MappingTemplate } from '../../src/contracts/mapping-template.ts'
import { writeContactSheet } from '../../src/sample/contact-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'

const service = await startTestService(t)
const path = join(makeScratchFolder(t), 'contacts.xlsx')
await writeContactSheet(path, { rows: 200, strings: 'inline' })

const { id } = await service.upload(path)
await service.mapAndStart(id)
await service.waitFor(id, isCompleted)
const { body: page } = await service.call<ContactPage>('GET', '/contacts?limit=1')
const contact = page.items[0]!
const { body: opened } = await service.call<Case>('POST', `/contacts/${contact.id}/cases`, {
  body: { subject: 'call back' },
})
const { body: campaign } = await service.call<Campaign>('POST', '/campaigns', {
  body: { name: 'spring' },
})
const { body: assignment } = await service.call<Assignment>(
  'POST',
  `/campaigns/${campaign.id}/assignments`,
  { body: { importId: id } },
)
const templateRequest = { name: 'shop', columns: [{ name: 'Telefon', field: 'phone' }] }
const { body: template } = await service.call<MappingTemplate>('POST', '/mapping-templates', {
  body: templateRequest,
})

t.test("another tenant's ids are unknown, its lists empty", async t => {
  const calls: [string, string, object?][] = [
    ['GET', `/imports/${id}`],
    ['PATCH', `/imports/${id}`, { name: 'mine' }],
    ['DELETE', `/imports/${id}`],
    ['GET', `/imports/${id}/preview`],
    ['GET', `/imports/${id}/mapping`],
    [
      'PUT',
      `/imports/${id}/mapping`,
      { headerRow: true, columns: [{ column: 1, field: 'phone' }] },
    ],
    ['GET', `/imports/${id}/mapping/suggestion`],
    ['POST', `/imports/${id}/start`],
    ['POST', `/imports/${id}/cancel`],
    ['GET', `/imports/${id}/issues`],
    ['GET', `/imports/${id}/events`],
    ['GET', `/contacts/${contact.id}`],
    ['POST', `/contacts/${contact.id}/cases`, { subject: 'steal' }],
    ['PATCH', `/cases/${opened.id}`, { status: 'closed' }],
    ['POST', `/campaigns/${campaign.id}/assignments`, { importId: id }],
    ['GET', `/campaigns/${campaign.id}/assignments`],
    ['GET', `/campaigns/${campaign.id}/assignments/${assignment.id}`],
    ['DELETE', `/campaigns/${campaign.id}/assignments/${assignment.id}`],
    ['GET', `/campaigns/${campaign.id}/contacts`],
    ['GET', `/mapping-templates/${template.id}`],
    ['PUT', `/mapping-templates/${template.id}`, templateRequest],
    ['DELETE', `/mapping-templates/${template.id}`],
  ]
  for (const [method, path, body] of calls) {
    const answer = await service.call(method, path, { tenant: 'globex', body })
    t.equal(answer.status, 404, `${method} ${path}`)
  }
  const q = encodeURIComponent(contact.lastName!.slice(0, 3))
  for (const list of [
    '/imports',
    '/contacts',
    `/contacts?importId=${id}`,
    `/contacts?q=${q}`,
    '/cases',
    '/campaigns',
    '/mapping-templates',
  ]) {
    const { body } = await service.call<{ items: unknown[] }>('GET', list, { tenant: 'globex' })
    t.same(body.items, [], list)
  }
  const own = await service.call<ContactPage>('GET', `/contacts?q=${q}`)
  t.ok(own.body.items.length > 0, 'the owner finds what the other does not')
})

t.test(
  'without a tenant in the session every table is empty, and nothing can be written',
  async t => {
    const tables = [
      'imports',
      'contacts',
      'cases',
      'campaigns',
      'campaign_contacts',
      'row_issues',
      'outbox',
      'file_chunks',
      'tenants',
      'jobs',
      'campaign_imports',
      'mapping_templates',
      'used_mappings',
    ]
    for (const table of tables) {
      const [seen] = await queryOnce(service.database.url, `select count(*) as n from ${table}`)
      t.equal(seen!.n, '0', table)
    }
    await t.rejects(
      queryOnce(
        service.database.url,
        `insert into campaigns (tenant_id, name, created_by) values ('acme', 'x', 'y')`,
      ),
      { code: '42501' },
    )
  },
)

t.test('every table of the schema has forced row-level security', async t => {
  const open = await queryOnce(
    service.database.adminUrl,
    `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and relname <> 'schema_migrations'
      and not (relrowsecurity and relforcerowsecurity)`,
  )
  t.same(open, [])
})

t.test('agents read contacts and work on cases; nobody else does anything', async t => {
  const agent = { role: 'agent' as const }
  t.equal((await service.call('GET', '/contacts', agent)).status, 200)
  t.equal((await service.call('GET', '/cases', agent)).status, 200)
  const closed = await service.call<Case>('PATCH', `/cases/${opened.id}`, {
    ...agent,
    body: { status: 'closed' },
  })
  t.match(closed.body, { status: 'closed', closedAt: /Z$/ })
  for (const path of [
    '/imports',
    `/imports/${id}`,
    '/campaigns',
    '/mapping-templates',
    '/imports/events',
  ]) {
    const answer = await service.call('GET', path, agent)
    t.match(answer, { status: 403, body: { code: 'role-forbidden' } }, path)
  }
  const unknown = await service.call('GET', '/contacts', { role: 'guest' as never })
  t.equal(unknown.status, 403)
})
