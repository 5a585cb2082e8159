/** What an import's owner is told of its workbook: every code in both languages, and no more than fits an answer. */
import t from 'tap'
import {
  importWarningCodes,
  importWarnings,
  type SheetFacts,
} from '../../src/contracts/import-warnings.ts'
import { importWarningsMax } from '../../src/limits.ts'

const everything: SheetFacts = {
  name: 'Lista {count}',
  unreadable: 'row 5: {sheet}',
  uncalculatedCells: 7,
  hiddenRows: 8,
  mergedCells: 9,
  header: { reason: 'first-row-person' },
  correctsUnknown: true,
}

t.test('each fact of a sheet is a warning, in English and Polish', async t => {
  for (const locale of ['en', 'pl'] as const) {
    const warnings = importWarnings([everything, { name: 'Pusty' }], locale)
    t.same(
      warnings.map(({ code, sheet, count }) => [code, sheet, count]),
      [
        ['sheet-unreadable', 'Lista {count}', undefined],
        ['correction-original-unknown', 'Lista {count}', undefined],
        ['first-row-person', 'Lista {count}', undefined],
        ['formula-not-calculated', 'Lista {count}', 7],
        ['rows-hidden', 'Lista {count}', 8],
        ['cells-merged', 'Lista {count}', 9],
      ],
    )
    t.same(warnings.map(({ code }) => code).sort(), [...importWarningCodes].sort())
    for (const { message } of warnings) t.match(message, /Lista \{count\}/)
    t.match(warnings[0]!.message, /row 5: \{sheet\}/, 'values are no templates')
    t.match(warnings[3]!.message, /: 7\. /)
  }
})

t.test('an answer holds so many warnings at most', async t => {
  const sheets = Array.from({ length: importWarningsMax }, () => everything)
  t.equal(importWarnings(sheets, 'en').length, importWarningsMax)
})
