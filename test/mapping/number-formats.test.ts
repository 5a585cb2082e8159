/** Numbers of formatted cells, read from a real workbook: phones and codes take the digits, texts what is shown. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { openWorkbook } from '../../src/xlsx/index.ts'
import { prepareMapper } from '../support/built-in-catalogue.ts'
import { workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

/** What becomes of a number that is shown in each of the formats. */
async function readFormatted(t: Test, field: string, value: string, formats: readonly string[]) {
  const rows = formats.map((_, at) => {
    return `<row r="${at + 1}"><c r="A${at + 1}" s="${at + 1}"><v>${value}</v></c></row>`
  })
  const path = join(t.testdir(), 'formats.xlsx')
  const codes = formats.map(code => code.replaceAll('"', '&quot;'))
  writeFileSync(path, writeZip(workbookParts({ rows: rows.join(''), formats: codes })))
  const mapper = prepareMapper([{ column: 1, field }])
  const place = mapper.fields.findIndex(({ key }) => key === field)
  const read: string[] = []
  await using workbook = await openWorkbook(path, { locale: 'pl-PL' })
  for await (const batch of workbook.rowBatches(workbook.sheets[0]!)) {
    for (const row of batch) {
      const tally = new FindingsTally()
      const mapped = mapper.map(row, tally)
      const value = mapped.kind === 'contact' ? mapped.values[place] : mapped.kind
      const codes = tally.findings().filter(({ column }) => column === 1)
      read.push([value, ...codes.map(({ code }) => code)].join(' '))
    }
  }
  return read
}

const figures = ['0.00', '#,##0', '#,##0.00', '0.00E+00', '0']

t.test('a phone in the format of a figure is its digits', async t => {
  const read = await readFormatted(t, 'phone', '601123456', figures)
  t.strictSame(
    read,
    figures.map(() => '+48601123456'),
  )
})

t.test('so are identity numbers and postal codes, with their lost zeros', async t => {
  const pesels = await readFormatted(t, 'nationalId', '2070803628', figures)
  t.strictSame(
    pesels,
    figures.map(() => '02070803628 zeros-restored'),
  )
  const postal = await readFormatted(t, 'postalCode', '950', [...figures, '00-000', '00000'])
  t.strictSame(postal, [...figures.map(() => '00-950 zeros-restored'), '00-950', '00-950'])
})

t.test('a text field takes what the cell shows', async t => {
  const notes = await readFormatted(t, 'notes', '601123456', ['0.00', '#,##0'])
  t.strictSame(notes, ['601123456,00', '601 123 456'])
})

t.test(
  'a whole number in the format of a date is the date that it shows, and refused where it shows none',
  async t => {
    const formats = ['00\\.00\\.0000', '00"."00"."0000', '00\\/00\\/0000', '00\\-00\\-0000']
    t.strictSame(
      await readFormatted(t, 'birthDate', '31121990', formats),
      formats.map(() => '1990-12-31'),
    )
    t.strictSame(
      await readFormatted(t, 'birthDate', '1021990', formats.slice(0, 2)),
      ['1990-02-01', '1990-02-01'],
      'the format shows the zero that the number lost',
    )
    // 33238 is the serial number of 1990-12-31: what the cell shows is no day.
    t.strictSame(await readFormatted(t, 'birthDate', '33238', formats.slice(0, 2)), [
      'rejected date-invalid',
      'rejected date-invalid',
    ])
    t.strictSame(await readFormatted(t, 'birthDate', '31121990', ['00.00.0000']), [
      'rejected date-invalid',
    ])
  },
)
