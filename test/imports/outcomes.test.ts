/** What became of each row, against real servers: while an import runs, stands still and is over. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { RowOutcome } from '../../src/contracts/row-outcomes.ts'
import { windowRows } from '../../src/limits.ts'
import { readRows } from '../support/issue-sheet-reader.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { fetchOutcomes, readOutcomes, reconcile } from '../support/outcome-reader.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const rows = 2 * windowRows + 500
const service = await startTestService(t, { BATCH_ROWS_MAX: '700' })
const { url } = service
const { adminUrl } = service.database
const folder = makeScratchFolder(t)
const path = await writeMessySheet(join(folder, 'kontakty.xlsx'), rows)

async function begin(): Promise<string> {
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: messyColumns })
  return id
}

/** The same by the tables alone. */
async function outcomesOfTables(id: string): Promise<RowOutcome[]> {
  const found = await queryOnce(
    adminUrl,
    `select r as row, c.id::text as "contactId", i.codes, coalesce(i.rejected, false) as rejected
    from generate_series(2, $2::int) r
      left join contacts c on c.import_id = $1 and c.row_number = r
      left join (
        select row_number, array_agg(code order by column_number) as codes,
          bool_or(outcome = 'rejected') as rejected
        from row_issues where import_id = $1 group by row_number) i on i.row_number = r
    order by r`,
    [id, rows + 1],
  )
  return found.map(({ row, contactId, codes, rejected }) => ({
    row: row as number,
    outcome: contactId ? 'created' : rejected ? 'rejected' : 'skipped',
    ...(contactId !== null && { contactId: String(contactId) }),
    codes: [...new Set((codes as string[] | null) ?? [])],
  }))
}

/** The first difference alone: many rows are compared faster as text. */
function firstDifference(found: readonly RowOutcome[], wanted: readonly RowOutcome[]) {
  const length = Math.max(found.length, wanted.length)
  for (let at = 0; at < length; at += 1) {
    if (JSON.stringify(found[at]) !== JSON.stringify(wanted[at])) return [found[at], wanted[at]]
  }
  return null
}

const id = await begin()
await service.waitFor(id, isCompleted)

t.test('one line for each row of the sheet, with its contact', async t => {
  const outcomes = await readOutcomes(url, id)
  t.equal(outcomes.length, rows)
  t.strictSame(firstDifference(outcomes, await outcomesOfTables(id)), null)
  const empty = outcomes.filter(({ outcome }) => outcome === 'skipped').map(({ row }) => row)
  const expected = Array.from({ length: rows }, (_, at) => at + 2).filter(
    row => row % 101 === 0 && row <= rows,
  )
  t.strictSame(empty, expected)
  t.match(outcomes[97 - 2], { row: 97, codes: ['phone-invalid'] })
})

t.test('a reader goes on where it was broken off', async t => {
  const all = await readOutcomes(url, id)
  for (const fromRow of [1, 2, 3, windowRows, windowRows + 1, windowRows + 2, rows, rows + 1]) {
    const rest = await readOutcomes(url, id, fromRow)
    t.strictSame(firstDifference(rest, all.slice(Math.max(0, fromRow - 2))), null, `row ${fromRow}`)
  }
  t.strictSame(await readOutcomes(url, id, rows + 2), [])
  for (const fromRow of ['0', '-1', '1048577', 'x', '1.5']) {
    const answer = await fetchOutcomes(url, id, { suffix: `?fromRow=${fromRow}` })
    t.equal(answer.status, 400, fromRow)
    await answer.body?.cancel()
  }
})

t.test('the same as CSV, by suffix or by header', async t => {
  const json = await readOutcomes(url, id)
  const lines = json.map(({ row, outcome, contactId = '', codes }) =>
    [row, outcome, contactId, codes.join(' ')].join(','),
  )
  const expected = ['row,outcome,contactId,codes', ...lines, ''].join('\r\n')
  for (const request of [{ suffix: '.csv' }, { accept: 'text/csv, application/x-ndjson;q=0.5' }]) {
    const answer = await fetchOutcomes(url, id, request)
    t.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8; header=present')
    t.ok((await answer.text()) === expected, JSON.stringify(request))
  }
  for (const accept of ['application/json', '*/*', 'text/*;q=0.1, application/*', ',,;;q=x']) {
    const answer = await fetchOutcomes(url, id, { accept, suffix: `?fromRow=${rows + 1}` })
    t.match(answer.headers.get('content-type'), /^application\/x-ndjson/, accept)
    await answer.body?.cancel()
  }
})

t.test('the same as a workbook, by suffix or by header', async t => {
  const json = await readOutcomes(url, id)
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  for (const request of [{ suffix: '.xlsx' }, { accept: `${type}, text/csv;q=0.5` }]) {
    const answer = await fetchOutcomes(url, id, request)
    t.equal(answer.headers.get('content-type'), type)
    t.match(answer.headers.get('content-disposition'), /outcomes\.xlsx/)
    const sheet = join(folder, 'outcomes.xlsx')
    writeFileSync(sheet, Buffer.from(await answer.arrayBuffer()))
    const found = await readRows(sheet)
    t.strictSame(
      found[0]!.cells.map(({ value }) => value),
      ['row', 'outcome', 'contactId', 'codes'],
    )
    const outcomes = found.slice(1).map(({ cells }) => {
      const valueAt = (column: number) => cells.find(cell => cell.column === column)?.value
      const contactId = valueAt(3) as string | undefined
      return {
        row: valueAt(1),
        outcome: valueAt(2),
        ...(contactId !== undefined && { contactId }),
        codes: ((valueAt(4) as string | undefined) ?? '').split(' ').filter(Boolean),
      }
    }) as RowOutcome[]
    t.strictSame(firstDifference(outcomes, json), null)
  }
  const rest = await fetchOutcomes(url, id, { suffix: `.xlsx?fromRow=${rows}` })
  writeFileSync(join(folder, 'rest.xlsx'), Buffer.from(await rest.arrayBuffer()))
  t.equal((await readRows(join(folder, 'rest.xlsx'))).length, 3)
})

t.test('rows that were not reached are pending, and none is told otherwise later', async t => {
  const running = await begin()
  let reached = 0
  let told: RowOutcome[] = []
  while (reached < rows) {
    const now = await readOutcomes(url, running)
    t.equal(now.length, rows)
    const pending = now.findIndex(({ outcome }) => outcome === 'pending')
    reached = pending === -1 ? rows : pending
    const known = now.slice(0, reached)
    t.strictSame(firstDifference(known.slice(0, told.length), told), null)
    t.ok(
      now
        .slice(reached, reached + 1)
        .every(({ outcome, codes }) => outcome === 'pending' && codes.length === 0),
    )
    told = known
    t.not((await reconcile(service, running)).verdict, 'failed')
  }
  await service.waitFor(running, isCompleted)
  t.strictSame(firstDifference(told, await outcomesOfTables(running)), null)
})

t.test('cancelled and continued', async t => {
  const { id } = await service.upload(path)
  const pending = (row: number): RowOutcome => ({ row, outcome: 'pending', codes: [] })
  const unmapped = await readOutcomes(url, id)
  const all = Array.from({ length: rows }, (_, at) => pending(at + 2))
  t.strictSame(firstDifference(unmapped, all), null, 'before it is mapped')
  await service.mapAndStart(id, { columns: messyColumns })
  await service.waitFor(id, ({ rows }) => rows.processed > 0)
  await service.call('POST', `/imports/${id}/cancel`)
  const { rows: ledger } = await service.waitFor(id, ({ status }) => status !== 'running')
  const outcomes = await readOutcomes(url, id)
  t.equal(outcomes.filter(({ outcome }) => outcome === 'pending').length, ledger.remaining)
  t.match(await reconcile(service, id), {
    verdict: ledger.remaining > 0 ? 'interim' : 'ok',
    counted: { processed: ledger.processed, created: ledger.created, total: rows },
  })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  t.strictSame(firstDifference(await readOutcomes(url, id), await outcomesOfTables(id)), null)
  t.equal((await reconcile(service, id)).verdict, 'ok')
})

t.test('names in a row below the first', async t => {
  const names = 40
  const sheet = [
    ...Array.from({ length: names - 1 }, () => []),
    ['Nazwisko'],
    ['Nowak'],
    [],
    ['Zając'],
  ]
  const { id } = await service.upload(await writeSmallSheet(join(folder, 'deep.xlsx'), sheet))
  const columns = [{ column: 1, field: 'lastName' }]
  const body = { headerRow: names, columns }
  t.equal((await service.call('PUT', `/imports/${id}/mapping`, { body })).status, 200)
  t.equal((await service.call('POST', `/imports/${id}/start`)).status, 202)
  await service.waitFor(id, isCompleted)
  t.match(await readOutcomes(url, id), [
    { row: names + 1, outcome: 'created' },
    { row: names + 2, outcome: 'skipped' },
    { row: names + 3, outcome: 'created' },
  ])
  t.equal((await reconcile(service, id)).verdict, 'ok')
})

t.test('a contact that is gone leaves its row created, without an id', async t => {
  const id = await begin()
  await service.waitFor(id, isCompleted)
  await queryOnce(adminUrl, 'delete from contacts where import_id = $1 and row_number = 5', [id])
  const [gone] = await readOutcomes(url, id, 5)
  t.strictSame(gone, { row: 5, outcome: 'created', codes: [] })
})

t.test('only for those who may import, and within the tenant', async t => {
  for (const path of ['outcomes', 'outcomes.csv', 'outcomes.xlsx', 'reconciliation']) {
    const read = (options: object, importId = id) =>
      service.call<{ code: string }>('GET', `/imports/${importId}/${path}`, options)
    t.match(await read({ tenant: 'globex' }), { status: 404, body: { code: 'not-found' } }, path)
    t.match(await read({ role: 'agent' }), { status: 403, body: { code: 'role-forbidden' } }, path)
    const unknown = '0198c0de-7a10-7c44-9d2e-3f5b8a6c1e02'
    t.match(await read({}, unknown), { status: 404 }, path)
    t.match(await read({}, 'x'), { status: 404 }, path)
  }
})

t.test('an import that is being deleted tells no outcomes any more', async t => {
  const id = await begin()
  await service.waitFor(id, isCompleted)
  // The deletion waits here, with all contacts in place.
  await queryOnce(
    adminUrl,
    `create function hold() returns trigger language plpgsql as
      'begin raise exception ''not yet''; end';
    create trigger hold before delete on contacts for each statement execute function hold()`,
  )
  await service.call('DELETE', `/imports/${id}`)
  for (const path of ['outcomes', 'outcomes.csv', 'outcomes.xlsx', 'reconciliation']) {
    const answer = await service.call<{ code: string }>('GET', `/imports/${id}/${path}`)
    t.match(answer, { status: 409, body: { code: 'import-state-conflict' } }, path)
  }
  await queryOnce(adminUrl, 'drop trigger hold on contacts; drop function hold()')
})
