/** Small imports one after the other: a thread and its sessions serve several, and none leaves a mark on the next. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import type { MappedColumn } from '../../../src/contracts/mapping.ts'
import { findFaults } from '../../support/ledger-checker.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const service = await startTestService(t)
const { adminUrl } = service.database
const path = await writeSmallSheet(join(makeScratchFolder(t), 'kontakty.xlsx'), [
  ['Nazwisko', 'Urodziny', 'Telefon'],
  ['Nowak', '31.12.1990', '501234567'],
  ['Lis', '1.2.1991', '12'],
])

const [name, born, phone]: [MappedColumn, MappedColumn, MappedColumn] = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'birthDate' },
  { column: 3, field: 'phone' },
]

t.test('imports of different mappings share a session and mix nothing', async t => {
  const first = await importSheet([name, born])
  const session = await waitingSessions()
  const second = await importSheet([phone, name])
  const third = await importSheet([born, phone, name])
  t.strictSame(await waitingSessions(), session)
  const contacts = await queryOnce(
    adminUrl,
    `select import_id, last_name, birth_date::text, phone from contacts order by import_id, row_number`,
  )
  t.strictSame(contacts, [
    contact(first, ['Nowak', '1990-12-31', null]),
    contact(first, ['Lis', '1991-02-01', null]),
    contact(second, ['Nowak', null, '+48501234567']),
    contact(third, ['Nowak', '1990-12-31', '+48501234567']),
  ])
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('sessions that PostgreSQL ended are not used again, and no import pays for it', async t => {
  await importSheet([name])
  const before = await waitingSessions()
  await queryOnce(adminUrl, 'select pg_terminate_backend(pid) from unnest($1::int[]) pid', [before])
  await sleep(50)
  const id = await importSheet([name])
  const [row] = await queryOnce(adminUrl, 'select epoch, crashes from imports where id = $1', [id])
  t.strictSame(row, { epoch: 1, crashes: 0 })
  t.notOk((await waitingSessions()).some(pid => before.includes(pid)))
})

t.test('a run that did not end well leaves no session', async t => {
  await importSheet([name])
  t.ok((await waitingSessions()).length > 0)
  const { id } = await service.upload(path)
  await queryOnce(
    adminUrl,
    `update file_chunks set bytes = set_byte(bytes, 40, 255 - get_byte(bytes, 40)) where import_id = $1`,
    [id],
  )
  await service.mapAndStart(id, { columns: [name] })
  await t.rejects(service.waitFor(id, isCompleted), /import-source-changed/)
  while ((await waitingSessions()).length > 0) await sleep(20)
  t.strictSame(await findFaults(adminUrl), [])
})

async function importSheet(columns: MappedColumn[]): Promise<string> {
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns })
  const done: Import = await service.waitFor(id, isCompleted)
  return done.id
}

/** Process numbers of the sessions that wait for their next run; the thread names them a moment after the run. */
async function waitingSessions(): Promise<number[]> {
  await sleep(100)
  const rows = await queryOnce(
    adminUrl,
    `select pid from pg_stat_activity
    where datname = current_database() and application_name = 'contact-import idle' order by pid`,
  )
  return rows.map(({ pid }) => Number(pid))
}

function contact(importId: string, [last, day, number]: (string | null)[]) {
  return { import_id: importId, last_name: last, birth_date: day, phone: number }
}
