/** Custom document properties: found by their name, and never a reason to refuse a workbook. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openWorkbook } from '../../src/xlsx/index.ts'
import { relationships, workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

const space = 'http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'
const folder = t.testdir()

async function read(properties: string | null, name = 'wanted'): Promise<string | null> {
  const path = join(folder, 'a.xlsx')
  const rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
  const parts = workbookParts({
    rows,
    parts: {
      '_rels/.rels': relationships(
        ['rId1', 'officeDocument', 'xl/workbook.xml'],
        ['rId2', 'custom-properties', 'docProps/custom.xml'],
      ),
      'docProps/custom.xml': properties,
    },
  })
  writeFileSync(path, writeZip(parts))
  await using workbook = await openWorkbook(path)
  return await workbook.customProperty(name)
}

const property = (name: string, value: string) =>
  `<property fmtid="{D5CDD505}" pid="2" name="${name}"><vt:lpwstr>${value}</vt:lpwstr></property>`
const list = (...items: string[]) =>
  `<Properties xmlns="${space}" xmlns:vt="urn:vt">${items.join('')}</Properties>`

t.test('a property is found by its name', async t => {
  const all = list(property('other', 'no'), property('wanted', 'a&amp;b'), property('wanted', 'no'))
  t.equal(await read(all), 'a&b')
  t.equal(await read(all, 'Wanted'), null, 'letter case counts')
  t.equal(await read(list()), null)
  t.equal(await read(null), null, 'the part is not there')
  t.equal(await read(list(property('wanted', ''))), null)
})

t.test('properties that cannot be read are none', async t => {
  t.equal(await read('<Properties'), null)
  t.equal(await read('<!DOCTYPE a [<!ENTITY b "c">]><Properties>&b;</Properties>'), null)
  t.equal(await read(list(property('wanted', 'x'.repeat(300)))), null, 'too long for any program')
  t.equal(await read(list(property('wanted', 'x'.repeat(255)))), 'x'.repeat(255))
})
