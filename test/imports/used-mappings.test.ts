/** The mapping that a tenant started last for the same names of columns is what it is proposed for the next list. */
import { join } from 'node:path'
import t from 'tap'
import type { MappingSuggestion } from '../../src/contracts/mapping.ts'
import { usedMappingsPerTenant } from '../../src/limits.ts'
import type { SheetValue } from '../../src/sample/sheet-writer.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const header = ['Kod', 'Imię', 'Telefon', 'E-mail']
const row = ['7', 'Jan', '501 000 001', 'jan@example.com']
const columns = [
  { column: 1, field: 'externalId' },
  { column: 3, field: 'phone2' },
]

let files = 0
async function upload(rows: readonly SheetValue[][], tenant = 'acme') {
  const path = join(folder, `${++files}.xlsx`)
  await writeSmallSheet(path, rows)
  return (await service.upload(path, { tenant })).id
}

async function start(id: string, body: object, tenant = 'acme') {
  const mapped = await service.call('PUT', `/imports/${id}/mapping`, { body, tenant })
  t.equal(mapped.status, 200, JSON.stringify(mapped.body))
  t.equal((await service.call('POST', `/imports/${id}/start`, { tenant })).status, 202)
  return service.waitFor(id, isCompleted, { tenant })
}

/** What is proposed for a list: the fields of its columns, the reason of the first, and the region. */
async function proposed(rows: readonly SheetValue[][], { tenant = 'acme', query = '' } = {}) {
  const id = await upload(rows, tenant)
  const path = `/imports/${id}/mapping/suggestion${query}`
  const { body } = await service.call<MappingSuggestion>('GET', path, { tenant })
  const fields = body.columns.map(({ field, confidence }) => [field, confidence])
  return { fields, reason: body.columns[0]!.reason, region: body.region, share: body.regionShare }
}

const asBefore = [
  ['externalId', 1],
  [null, 0],
  ['phone2', 1],
  [null, 0],
]

t.test('a mapping comes back for the same names once it was started, with its region', async t => {
  const id = await upload([header, row])
  const body = { headerRow: true, columns, region: 'CZ' }
  await service.call('PUT', `/imports/${id}/mapping`, { body })
  t.not((await proposed([header, row])).reason, 'used-before', 'it is mapped and not started')
  await start(id, body)
  const names = ['KOD', 'imie', ' Telefon', 'e-mail:']
  t.match(await proposed([['Lista'], [], names, row], { query: '?headerRow=3' }), {
    ...{ fields: asBefore, reason: 'used-before', region: 'CZ', share: 0 },
  })
})

t.test('the last one counts', async t => {
  const last = [{ column: 4, field: 'email' }]
  await start(await upload([header, row]), { headerRow: true, columns: last })
  t.strictSame((await proposed([header, row])).fields, [
    ...[
      [null, 0],
      [null, 0],
      [null, 0],
    ],
    ['email', 1],
  ])
  await start(await upload([header, row]), { headerRow: true, columns })
  t.strictSame((await proposed([header, row])).fields, asBefore)
})

t.test('for other names, for no names and for another tenant nothing comes back', async t => {
  const others = [
    [header.toReversed(), row],
    [
      [...header, 'Miasto'],
      [...row, 'Łódź'],
    ],
    [header.slice(1), row.slice(1)],
  ]
  for (const rows of others) t.not((await proposed(rows)).reason, 'used-before')
  t.not((await proposed([header, row], { tenant: 'globex' })).reason, 'used-before')
  const unnamed = [row, row]
  await start(await upload(unnamed), { headerRow: false, columns })
  t.not((await proposed(unnamed, { query: '?headerRow=false' })).reason, 'used-before')
})

t.test(
  'fields that are no more are left out; where none is left, names and contents speak',
  async t => {
    const set = (used: object[]) =>
      queryOnce(
        service.database.adminUrl,
        `update used_mappings set mapping = jsonb_set(mapping, '{columns}', $1::jsonb)
      where tenant_id = 'acme'`,
        [JSON.stringify(used)],
      )
    await set([{ column: 1, field: 'shoeSize' }, columns[1]!])
    t.strictSame((await proposed([header, row])).fields.slice(0, 3), [
      ...[
        [null, 0],
        [null, 0],
      ],
      ['phone2', 1],
    ])
    await set([{ column: 1, field: 'shoeSize' }])
    const { fields, reason } = await proposed([header, row])
    t.not(reason, 'used-before')
    t.equal(fields[2]![0], 'phone')
  },
)

t.test('a tenant has so many, and the least recent ones are forgotten', async t => {
  const seed = `insert into used_mappings (tenant_id, names_key, mapping, used_at)
    select $1, 'k' || n, '{"columns": []}', now() - n * interval '1 day'
    from generate_series(1, $2::int) n`
  for (const tenant of ['acme', 'globex']) {
    await queryOnce(service.database.adminUrl, seed, [tenant, usedMappingsPerTenant])
  }
  const counted = () =>
    queryOnce(
      service.database.adminUrl,
      `select tenant_id as tenant, count(*)::int as n, max(substr(names_key, 2)::int)
        filter (where names_key like 'k%') as oldest
      from used_mappings group by 1 order by 1`,
    )
  await start(await upload([header, row]), { headerRow: true, columns })
  t.match(await counted(), [
    { tenant: 'acme', n: usedMappingsPerTenant, oldest: usedMappingsPerTenant - 1 },
    { tenant: 'globex', n: usedMappingsPerTenant, oldest: usedMappingsPerTenant },
  ])
  t.strictSame((await proposed([header, row])).fields, asBefore)
})
