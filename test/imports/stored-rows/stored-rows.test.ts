/** Chosen rows of stored files with all their cells, from a real file store, in threads. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openScratch } from '../../../src/imports/scratch.ts'
import { RowSet } from '../../../src/imports/stored-rows/row-set.ts'
import type { StoredRow } from '../../../src/imports/stored-rows/stored-row.ts'
import { StoredRows, type StoredSheet } from '../../../src/imports/stored-rows/stored-rows.ts'
import { rowReadsRunningPerTenant } from '../../../src/limits.ts'
import { openFileStore } from '../../../src/storage/files/file-store.ts'
import { openRequestOrm } from '../../../src/storage/open-orm.ts'
import { openWorkbook } from '../../../src/xlsx/index.ts'
import { writeMessySheet } from '../../support/messy-sheet.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { startTestService } from '../../support/service.ts'
import { workbookParts } from '../../support/workbook-parts.ts'
import { writeZip } from '../../support/zip-writer.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const orm = await openRequestOrm(service.database.url)
t.teardown(() => orm.close())
const scratch = await openScratch(folder)
const stored = new StoredRows({ orm, files: openFileStore({ driver: 'postgres' }), scratch })
t.teardown(() => stored.close())
const { signal } = new AbortController()

const rows = 10_000
const path = await writeMessySheet(join(folder, 'kontakty.xlsx'), rows)
const { id, file } = await service.upload(path)
const source: StoredSheet = {
  tenantId: 'acme',
  importId: id,
  fileSha256: file.sha256,
  sheet: 'Kontakty',
  region: 'PL',
}

async function readAll(from: StoredSheet, wanted: readonly number[], until = signal) {
  const found: StoredRow[] = []
  for await (const batch of stored.read(from, RowSet.of(wanted), until)) found.push(...batch)
  return found
}

t.test('the rows that are asked for, as the reader gives them', async t => {
  const wanted = [1, 2, 100, 101, 102, 7_778, 10_000, 10_001, 10_002, 900_000]
  const found = await readAll(source, wanted)
  await using workbook = await openWorkbook(path)
  const expected: object[] = []
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
    for (const { number, cells } of batch) {
      if (wanted.includes(number))
        expected.push([number, cells.map(cell => [cell.column, cell.type, cell.value])])
    }
  }
  t.strictSame(
    found.map(({ number, cells }) => [
      number,
      cells.map(cell => [cell.column, cell.type, 'value' in cell ? cell.value : '']),
    ]),
    expected,
  )
  t.strictSame(
    found.map(({ number }) => number),
    [1, 2, 100, 102, 7_778, 10_000, 10_001],
    'row 101 is empty, and there is nothing behind row 10,001',
  )
  t.strictSame(await readAll(source, []), [])
})

t.test('cells of all kinds, with what they show and their formats', async t => {
  const rows =
    '<row r="1"><c r="A1" t="str"><v>x</v></c></row>' +
    '<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>=1+1</t></is></c><c r="B3" s="1"><v>950</v></c>' +
    '<c r="C3" s="2"><v>45000.5</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" t="e"><v>#N/A</v></c>' +
    '<c r="F3"><f>A1</f></c><c r="G3"><v>12345678901234567890</v></c><c r="H3"><v>48501234567</v></c>' +
    '<c r="I3" t="d"><v>2026-01-31</v></c><c r="J3" s="3"><v>45000</v></c></row>'
  const parts = workbookParts({ rows, formats: ['00\\-000', 'd.m.yyyy h:mm'] })
  const styles = parts.find(({ name }) => name === 'xl/styles.xml')!
  styles.data = String(styles.data).replace('</cellXfs>', '<xf numFmtId="14"/></cellXfs>')
  const form = new FormData()
  form.set('file', new Blob([writeZip(parts)]), 'lista.xlsx')
  const { body } = await service.call<typeof source & { id: string; file: typeof file }>(
    'POST',
    '/imports',
    { body: form },
  )
  const other = { ...source, importId: body.id, fileSha256: body.file.sha256, sheet: 'Sheet1' }
  t.strictSame(await readAll(other, [3]), [
    {
      number: 3,
      cells: [
        { column: 1, type: 'string', value: '=1+1' },
        {
          column: 2,
          type: 'number',
          value: 950,
          text: '950',
          shown: '00-950',
          shownAsCode: '00-950',
          numberFormat: '00\\-000',
        },
        {
          column: 3,
          type: 'date',
          value: '2023-03-15T12:00:00',
          serial: 45000.5,
          kind: 'date',
          numberFormat: 'd.m.yyyy h:mm',
        },
        { column: 4, type: 'boolean', value: true },
        { column: 5, type: 'error', value: '#N/A' },
        { column: 6, type: 'uncalculated', value: '' },
        {
          column: 7,
          type: 'number',
          value: Number('12345678901234567890'),
          text: '12345678901234567890',
          doubt: 'digits-beyond-excel',
        },
        { column: 8, type: 'number', value: 48501234567, text: '48501234567' },
        { column: 9, type: 'date', value: '2026-01-31T00:00:00', serial: null, kind: 'iso' },
        {
          column: 10,
          type: 'date',
          value: '2023-03-15T00:00:00',
          serial: 45000,
          kind: 'date',
          numberFormat: 14,
        },
      ],
      hidden: true,
    },
  ])
})

t.test('nothing of another tenant, and nothing that is no longer whole', async t => {
  await t.rejects(readAll({ ...source, tenantId: 'globex' }, [2]), { code: 'not-found' })
  await t.rejects(readAll({ ...source, fileSha256: '0'.repeat(64) }, [2]), { code: 'not-found' })
})

t.test('who leaves early ends the reading, and leaves no file behind', async t => {
  const all = Array.from({ length: rows }, (_, at) => at + 1)
  for await (const batch of stored.read(source, RowSet.of(all), signal)) {
    t.ok(batch.length > 0)
    break
  }
  const gone = new AbortController()
  const reason = new Error('the client is gone')
  await t.rejects(async () => {
    for await (const _ of stored.read(source, RowSet.of(all), gone.signal)) gone.abort(reason)
  }, reason)
  t.strictSame(readdirSync(scratch.directory), [])
  t.equal((await readAll(source, [5])).length, 1, 'and the next one has its turn')
})

t.test('readers of one tenant wait for their turn', async t => {
  const all = RowSet.of(Array.from({ length: rows }, (_, at) => at + 1))
  const begin = async () => {
    const reading = stored.read(source, all, signal)
    await reading.next()
    return reading
  }
  const held = await Promise.all(Array.from({ length: rowReadsRunningPerTenant }, begin))
  const gone = new AbortController()
  const waiting = readAll(source, [2], gone.signal)
  const reason = new Error('waited long enough')
  setTimeout(() => gone.abort(reason), 200)
  await t.rejects(waiting, reason)
  const next = readAll(source, [2])
  await Promise.all(held.map(reading => reading.return(undefined)))
  t.equal((await next)[0]?.number, 2)
})
