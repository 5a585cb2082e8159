/** What a mapping is warned of before the start, and the start of one under which nearly nothing could be read. */
import { join } from 'node:path'
import t from 'tap'
import type { Import } from '../../src/contracts/import.ts'
import type { MappingAnswer } from '../../src/contracts/mapping.ts'
import type { Problem } from '../../src/contracts/problem.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

type Rows = Parameters<typeof writeSmallSheet>[1]

const service = await startTestService(t)
const folder = makeScratchFolder(t)
let uploads = 0

/** Each list has a name and contents of its own. */
async function upload(rows: Rows): Promise<Import> {
  const path = await writeSmallSheet(join(folder, 'lista.xlsx'), rows)
  return service.upload(path, { name: `Lista ${++uploads}` })
}

async function map(id: string, body: object, language = 'en') {
  const headers = { 'accept-language': language }
  const path = `/imports/${id}/mapping`
  const answer = await service.call<MappingAnswer>('PUT', path, { body, headers })
  t.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

const start = (id: string, language = 'en') =>
  service.call<Problem>('POST', `/imports/${id}/start`, {
    headers: { 'accept-language': language },
  })

const phone = (at: number) => `501 234 ${100 + at}`
const email = (at: number) => `anna${at}@przyklad.pl`
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)
const byPhone = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
]

t.test('a mapping that fits has no warnings', async t => {
  const { id } = await upload([
    ['Nazwisko', 'Telefon'],
    ...numbers(20).map(at => [`Nowak${at}`, phone(at)]),
  ])
  const { warnings } = await map(id, { headerRow: true, columns: byPhone })
  t.strictSame(warnings, [])
  const read = await service.call<MappingAnswer>('GET', `/imports/${id}/mapping`)
  t.strictSame(read.body.warnings, [])
})

t.test('phones that are none: told, and refused at the start unless forced', async t => {
  const { id } = await upload([
    ['Nazwisko', 'Telefon'],
    ...numbers(40).map(at => [`Nowak${at}`, email(at)]),
  ])
  const body = { headerRow: true, columns: byPhone }
  const english = await map(id, body)
  t.match(english.warnings, [
    { code: 'mapping-implausible', column: 2, field: 'phone', share: 0 },
    { code: 'contents-gainsay', column: 2, field: 'phone', share: 1 },
  ])
  t.match(english.warnings[0]!.message, /^Column B is mapped to Phone, .*force: true/)
  const polish = await map(id, body, 'pl')
  t.match(polish.warnings[0]!.message, /^Kolumnę B zmapowano na pole Telefon/)
  t.match(await start(id), {
    status: 422,
    body: { code: 'mapping-implausible', detail: /column B .* phone.* 0%/i },
  })
  t.match((await start(id, 'pl')).body, { detail: /kolumn.* B/i })
  t.equal((await service.call<Import>('GET', `/imports/${id}`)).body.status, 'mapped')

  const forced = await map(id, { ...body, force: true })
  t.equal(forced.force, true)
  t.match(forced.warnings[0], { code: 'values-refused', column: 2, share: 1 })
  t.equal((await start(id)).status, 202)
  t.match((await service.waitFor(id, isCompleted)).rows, { rejected: 40 })
})

t.test('five of a hundred are enough to start, four are not', async t => {
  for (const [readable, status] of [
    [5, 202],
    [4, 422],
  ] as const) {
    const { id } = await upload([
      ['Nazwisko', 'E-mail'],
      ...numbers(100).map(at => [`Nowak${at}`, at < readable ? email(at) : 'nie wiem jaki']),
    ])
    const columns = [
      { column: 1, field: 'lastName' },
      { column: 2, field: 'email' },
    ]
    const { warnings } = await map(id, { headerRow: true, columns })
    t.equal(warnings[0]!.code, status === 202 ? 'values-refused' : 'mapping-implausible')
    t.equal((await start(id)).status, status, `${readable} of 100`)
  }
})

t.test('one or two bad values keep no short list from its start', async t => {
  for (const [bad, status] of [
    [2, 202],
    [3, 422],
  ] as const) {
    const { id } = await upload([
      ['Nazwisko', 'Telefon'],
      ...numbers(bad).map(at => [`Nowak${at}`, '12']),
      ...numbers(30).map(at => [`Lis${at}`, 'brak']),
    ])
    await map(id, { headerRow: true, columns: byPhone })
    t.equal((await start(id)).status, status, `${bad} values, and words for none`)
  }
})

t.test('phones that only the import itself can read are no reason to refuse', async t => {
  const { id } = await upload([
    ['Nazwisko', 'Telefon'],
    ...numbers(30).map(at => [`Nowak${at}`, `dom: ${phone(at)}, praca: ${phone(at + 200)}`]),
  ])
  const { warnings } = await map(id, { headerRow: true, columns: byPhone })
  t.strictSame(warnings, [])
  t.equal((await start(id)).status, 202)
})

t.test('a list whose end is of another kind than its beginning', async t => {
  const { id } = await upload([
    ['Nazwisko', 'Telefon'],
    ...numbers(1_000).map(at => [`Nowak${at}`, at < 150 ? phone(at) : email(at)]),
  ])
  const { warnings } = await map(id, { headerRow: true, columns: byPhone })
  t.match(warnings, [{ code: 'values-refused', column: 2, field: 'phone' }])
})

t.test('dates that are none', async t => {
  const { id } = await upload([
    ['Telefon', 'Urodziny'],
    ...numbers(20).map(at => [phone(at), at < 5 ? '31.12.1990' : `rok ${at}`]),
  ])
  const columns = [
    { column: 1, field: 'phone' },
    { column: 2, field: 'birthDate' },
  ]
  const { warnings } = await map(id, { headerRow: true, columns })
  t.match(warnings, [{ code: 'values-refused', column: 2, field: 'birthDate', share: 0.75 }])
  t.equal((await start(id)).status, 202, 'only phones and e-mails keep an import from its start')
})

t.test('a region that the numbers do not fit', async t => {
  const { id } = await upload([
    ['Nazwisko', 'Telefon'],
    ...numbers(20).map(at => [`Nowak${at}`, phone(at)]),
  ])
  const { warnings } = await map(id, { headerRow: true, columns: byPhone, region: 'DE' })
  const unfit = warnings.find(({ code }) => code === 'region-unfit')
  t.match(unfit?.message, /region DE.*region PL/)
  const fitting = await map(id, { headerRow: true, columns: byPhone, region: 'PL' })
  t.strictSame(fitting.warnings, [])
})

t.test('numbers with calling codes fit every region', async t => {
  const { id } = await upload([
    ['Nazwisko', 'Telefon'],
    ...numbers(20).map(at => [`Nowak${at}`, `+48 ${phone(at)}`]),
  ])
  const { warnings } = await map(id, { headerRow: true, columns: byPhone, region: 'DE' })
  t.strictSame(warnings, [])
})

t.test('nobody who can be reached, and a first row that is a person', async t => {
  const { id } = await upload(numbers(20).map(at => ['Anna', 'Nowak', phone(at), email(at)]))
  const names = [
    { column: 1, field: 'firstName' },
    { column: 2, field: 'lastName' },
  ]
  const lost = await map(id, { headerRow: true, columns: names })
  t.same(
    lost.warnings.map(({ code }) => code),
    ['no-contact-way', 'first-row-person'],
  )
  const columns = [...names, { column: 3, field: 'phone' }]
  t.strictSame((await map(id, { headerRow: false, columns })).warnings, [])
})

t.test('a name and a file that another import has', async t => {
  const rows = [['Nazwisko', 'Telefon'], ...numbers(5).map(at => [`Unikat${at}`, phone(at)])]
  // Written once: the archive holds the time at which it was made.
  const path = await writeSmallSheet(join(folder, 'klienci.xlsx'), rows)
  const first = await service.upload(path, { name: 'Klienci' })
  const second = await service.upload(path, { name: 'Klienci' })
  const body = { headerRow: true, columns: byPhone }
  const codes = async (id: string) => (await map(id, body)).warnings.map(({ code }) => code)
  t.same(await codes(second.id), ['name-taken', 'file-repeated'])
  t.same(await codes(first.id), ['name-taken'], 'the first one is no repetition')
  const foreign = { tenant: 'other' }
  const { id } = await service.upload(path, { ...foreign, name: 'Klienci' })
  const answer = await service.call<MappingAnswer>('PUT', `/imports/${id}/mapping`, {
    ...foreign,
    body,
  })
  t.strictSame(answer.body.warnings, [], 'of other tenants nothing is told')
  await service.call('DELETE', `/imports/${first.id}`)
  t.same(await codes(second.id), [], 'an import that is being deleted is none')
})
