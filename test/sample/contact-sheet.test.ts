/** Sample files: the same seed gives the same file, and the CSV holds what the sheet holds. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { contactRows } from '../../src/sample/contact-rows.ts'
import { writeContactCsv, writeContactSheet } from '../../src/sample/contact-sheet.ts'

t.test('a sheet tells its shape and depends on seed and strings alone', async t => {
  const folder = t.testdir()
  const write = async (name: string, options: { seed?: number; strings?: 'inline' }) => {
    const path = join(folder, name)
    const sheet = await writeContactSheet(path, { rows: 200, ...options })
    t.match(sheet, { rows: 200, columns: 12 })
    t.equal(sheet.headers[0], 'Imię')
    return readFile(path, 'base64')
  }
  const first = await write('first.xlsx', {})
  t.equal(await write('again.xlsx', { seed: 1 }), first)
  t.not(await write('other.xlsx', { seed: 2 }), first)
  t.not(await write('inline.xlsx', { strings: 'inline' }), first)
})

t.test('the CSV quotes what needs it and leaves gaps empty', async t => {
  const path = join(t.testdir(), 'contacts.csv')
  t.match(await writeContactCsv(path, { rows: 500 }), { rows: 500, columns: 12 })
  const records = parseCsv(await readFile(path, 'utf8'))
  t.equal(records.length, 501)
  t.equal(records[0]![3], 'Telefon')
  const source = [...contactRows({ rows: 500 })].map(row =>
    row.map(value => (value instanceof Date ? value.toISOString().slice(0, 10) : `${value ?? ''}`)),
  )
  t.strictSame(records.slice(1), source)
  t.ok(source.some(row => row.some(value => value.includes('\n'))))
  t.ok(source.some(row => row.some(value => value.includes('"'))))
})

/** Reads RFC 4180 with fields quoted or not. */
function parseCsv(csv: string): string[][] {
  const records: string[][] = [[]]
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r]*))(,|\r\n)/g)) {
    records.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
    if (end === '\r\n') records.push([])
  }
  return records.slice(0, -1)
}
