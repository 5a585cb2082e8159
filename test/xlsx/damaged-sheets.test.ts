/**
 * A damaged sheet gives the same values or the same refusal however it is read: in single bytes,
 * which only the careful scanner reads, in one piece, which the quick one reads, and in pieces of a
 * cell or two, where the windows of the quick one end behind whole cells.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { openWorkbook, XlsxError } from '../../src/xlsx/index.ts'
import { MAIN, workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

const sheet =
  `<worksheet xmlns="${MAIN}"><sheetData>` +
  '<row r="1" ht="9"><c r="A1" s="1"><v>45000.5</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"/></row>' +
  '<row r="2" ht="9"><c r="A2" t="inlineStr"><is><t>Łódź_x0041_</t></is></c><c r="B2" t="b"><v>1</v></c></row>' +
  '<row r="3" ht="9"><c r="A3" t="str"><v>a&amp;b</v></c><c r="AB3" t="n" s="2"><v>-1.5e3</v></c></row>\n' +
  '<row r="10"><c r="A10" t="s" s="1"><v>0</v></c><c r="C10"><v>12</v></c></row></sheetData></worksheet>'
const strings = `<sst xmlns="${MAIN}"><si><t>zero</t></si><si><t xml:space="preserve"> one_ </t></si><si><t/></si></sst>`

interface Damage {
  at: number
  removed: number
  inserted: string
}

function damage(text: string, damages: readonly Damage[]): string {
  let result = text
  for (const { at, removed, inserted } of damages) {
    const start = at % result.length
    result = result.slice(0, start) + inserted + result.slice(start + removed)
  }
  return result
}

async function outcomeOf(path: string, chunkBytes: number): Promise<unknown> {
  const rows: unknown[] = []
  try {
    await using workbook = await openWorkbook(path, { chunkBytes })
    for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
      for (const row of batch)
        rows.push([row.number, row.cells.map(cell => [cell.column, cell.type, cell.value])])
    }
    return rows
  } catch (error) {
    if (error instanceof XlsxError) return error.message
    throw error
  }
}

const fragment = fc.constantFrom(
  '<',
  '>',
  '"',
  '/',
  ' ',
  '&',
  '_',
  'r',
  '1',
  '0',
  '<c r="B2"><v>7</v></c>',
  '</row>',
  '<row r="2">',
  ' t="s"',
  '<!--',
  '<v>',
  '</v>',
  '\n',
  '\x01',
  'é',
  '<row r="4" ht="9">',
  '.',
  '-',
  'e',
  ']]>',
)
const damages = fc.array(
  fc.record({
    at: fc.nat(2000),
    removed: fc.integer({ min: 0, max: 3 }),
    inserted: fc.oneof(fc.constant(''), fragment),
  }),
  { minLength: 1, maxLength: 3 },
)

t.test('both scanners agree on damaged sheets', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  let read = 0
  const property = fc.asyncProperty(damages, fc.boolean(), async (list, inSheet) => {
    const parts = { 'xl/sharedStrings.xml': inSheet ? strings : damage(strings, list) }
    const formats = ['yyyy-mm-dd', '0.00']
    const source = { sheet: inSheet ? damage(sheet, list) : sheet, parts, formats }
    writeFileSync(path, writeZip(workbookParts(source)))
    const [careful, ...quick] = [
      await outcomeOf(path, 1),
      await outcomeOf(path, 65_536),
      await outcomeOf(path, 100),
    ]
    if (Array.isArray(careful)) read++
    return quick.every(outcome => JSON.stringify(outcome) === JSON.stringify(careful))
  })
  await fc.assert(property, { numRuns: Number(process.env.DAMAGED_SHEETS ?? 500) })
  t.ok(read > 0, `${read} of them could still be read`)
})
