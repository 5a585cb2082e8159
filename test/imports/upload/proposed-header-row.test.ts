/** What an upload tells of its sheets: which one holds the list, where its names stand, what its columns hold. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import type { Import, Preview } from '../../../src/contracts/import.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const cases = fileURLToPath(new URL('../../../../shared/cases/sheets', import.meta.url))
const service = await startTestService(t)
const folder = makeScratchFolder(t)
const preview = (id: string) => service.call<Preview>('GET', `/imports/${id}/preview`)

t.test('a sheet without names is told, and no person is lost', async t => {
  const path = await writeSmallSheet(join(folder, 'people.xlsx'), [
    ['Jan', 'Iksiński', '501234567'],
    ['Anna', 'Próbna', '602234567'],
    ['Ewa', 'Testowa', '12'],
  ])
  const uploaded = await service.upload(path)
  t.match(uploaded, {
    proposedSheet: 'Arkusz1',
    proposedHeaderRow: null,
    headerRowReason: { code: 'first-row-person' },
    rows: { total: 3 },
    warnings: [{ code: 'first-row-person' }],
  })
  const { body } = await preview(uploaded.id)
  t.match(body, { headerRow: false, proposedHeaderRow: null })
  t.match(body.columns[0], { filled: 1, distinct: 3, kind: { code: 'given-name' } })
  t.match(body.columns[2], {
    kind: { code: 'phone', share: 0.67 },
    findings: [{ code: 'phone-invalid', count: 1, example: { cell: 'C3', value: '12' } }],
  })
})

t.test(
  'workbooks from the field',
  { skip: !existsSync(cases) && 'they are not beside' },
  async t => {
    const expected: [file: string, sheet: string, row: number | null][] = [
      ['header-in-row-3', 'Raport', 3],
      ['title-rows', 'Arkusz1', 3],
      ['header-merged-two-rows', 'S', 2],
      ['headerless', 'Arkusz1', null],
      ['active-tab', 'Kontakty', 1],
      ['full-name', 'Arkusz1', 1],
      ['totals', 'Arkusz1', 1],
      ['hidden-rows', 'S', 1],
    ]
    for (const [file, proposedSheet, proposedHeaderRow] of expected) {
      const uploaded: Import = await service.upload(join(cases, `${file}.xlsx`))
      t.match(uploaded, { proposedSheet, proposedHeaderRow }, file)
    }
    const { id } = await service.upload(join(cases, 'header-merged-two-rows.xlsx'))
    const names = (await preview(id)).body.columns.map(({ name }) => name)
    t.same(names, ['Osoba – Imię', 'Osoba – Nazwisko', 'Kontakt – Telefon', 'Kontakt – E-mail'])
  },
)
