/** The whole column of dates is judged before the first row is written: its last cell decides for its first. */
import { join } from 'node:path'
import t from 'tap'
import { completeMapping } from '../../src/contracts/mapping.ts'
import { openMappedSheet } from '../../src/imports/run/mapped-sheet.ts'
import { observeDates } from '../../src/imports/run/observe-dates.ts'
import { Progress } from '../../src/imports/threads/progress.ts'
import { catalogue } from '../support/built-in-catalogue.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

/** Batches of 7 rows: the deciding cell is read long after the first of them. */
const service = await startTestService(t, { BATCH_ROWS_MAX: '7' })
const { adminUrl } = service.database
const folder = makeScratchFolder(t)

const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'birthDate' },
]

/** Imports a list whose dates begin with 40 times `03/04/1990`; gives its dates of birth in the order of rows. */
async function importDates(name: string, ...last: string[]): Promise<(string | null)[]> {
  const dates = [...Array.from({ length: 40 }, () => '03/04/1990'), ...last]
  const path = await writeSmallSheet(join(folder, `${name}.xlsx`), [
    ['Nazwisko', 'Telefon', 'Data urodzenia'],
    ...dates.map((date, at) => [`Kowalska ${at}`, `501 234 ${100 + at}`, date]),
  ])
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns })
  const done = await service.waitFor(id, isCompleted)
  t.match(done.rows, { created: dates.length, rejected: 0 })
  const rows = await queryOnce(
    adminUrl,
    'select birth_date::text as born from contacts where import_id = $1 order by row_number',
    [id],
  )
  return rows.map(({ born }) => born as string | null)
}

const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value)

t.test('the last cell decides that the month stands first', async t => {
  const born = await importDates('month-first', '12/31/1990')
  t.strictSame(born, [...times(40, '1990-03-04'), '1990-12-31'])
})

t.test('where nothing decides the region does', async t => {
  const born = await importDates('open', '05/06/1985')
  t.strictSame(born, [...times(40, '1990-04-03'), '1985-06-05'])
})

t.test(
  'where both orders occur, dates that allow two readings are left out and listed',
  async t => {
    const born = await importDates('both', '12/31/1990', '31/12/1990')
    t.strictSame(born, [...times(40, null), '1990-12-31', '1990-12-31'])
    t.strictSame(await findFaults(adminUrl), [])
  },
)

t.test('a thread that reads a long column of dates is seen to get on', async t => {
  const path = await writeSmallSheet(join(folder, 'progress.xlsx'), [['Data'], ['03/04/1990']])
  const progress = new Progress()
  const mapping = completeMapping({
    sheet: 'Arkusz1',
    headerRow: true,
    region: 'PL',
    columns: [{ column: 1, field: 'birthDate' }],
  })
  const { signal: stopping } = new AbortController()
  await using sheet = await openMappedSheet({ path, scratchDir: folder, mapping, stopping })
  await observeDates(sheet, {
    mapping,
    fields: catalogue.fields,
    firstRow: 2,
    endRow: 3,
    progress,
    stopping,
  })
  t.ok(progress.count > 0)
})
