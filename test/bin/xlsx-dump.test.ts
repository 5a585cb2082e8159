/**
 * The dump of workbooks as JSON lines: what it prints, and that one file's fault never ends the run.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { workbookParts, worksheet } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

const script = join(import.meta.dirname, '../../src/bin/xlsx-dump.ts')

function dump(...args: string[]): { status: number | null; lines: unknown[] } {
  const { status, stdout } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return {
    status,
    lines: stdout
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line)),
  }
}

t.test('files are dumped one after the other, faulty ones as errors', async t => {
  const dir = t.testdir()
  const [good, bad, none] = [join(dir, 'good.xlsx'), join(dir, 'bad.xlsx'), join(dir, 'none.xlsx')]
  const sheets = '<sheet name="First" r:id="rId1"/><sheet name="Second" r:id="rId2"/>'
  const rows =
    '<row r="2"><c r="A2" t="str"><v>é</v></c><c r="C2"><v>4.80E1</v></c><c r="D2" t="b"><v>0</v></c>' +
    '<c r="E2" s="1"><v>45000.5</v></c><c r="F2" t="d"><v>2024-01-02</v></c></row>'
  const second = {
    'xl/worksheets/sheet2.xml': worksheet('<row r="1"><c r="A1"><v>2</v></c></row>'),
  }
  writeFileSync(good, writeZip(workbookParts({ rows, sheets, formats: ['yyyy'], parts: second })))
  writeFileSync(bad, 'name;phone')
  const head = { file: good, sheetNames: ['First', 'Second'], date1904: false }

  t.strictSame(dump(bad, good, none), {
    status: 1,
    lines: [
      { file: bad, error: { code: 'not-xlsx', detail: 'not a zip archive' } },
      { ...head, sheet: 'First' },
      [
        2,
        [
          [0, 'string', 'é'],
          [2, 'number', '48'],
          [3, 'boolean', false],
          [4, 'date', '2023-03-15T12:00:00', '45000.5', 'date'],
          [5, 'date', '2024-01-02T00:00:00', null, 'iso'],
        ],
      ],
      { file: good, rows: 1 },
      {
        file: none,
        error: { code: 'ENOENT', detail: `ENOENT: no such file or directory, open '${none}'` },
      },
    ],
  })
  t.strictSame(dump(good, '--sheet', 'Second'), {
    status: 0,
    lines: [{ ...head, sheet: 'Second' }, [1, [[0, 'number', '2']]], { file: good, rows: 1 }],
  })
  t.match(dump(good, '--sheet', 'Third'), {
    status: 1,
    lines: [{ error: { code: 'no-worksheet' } }],
  })
  t.strictSame(dump(), { status: 2, lines: [] })
})

t.test('no rows of a sheet that is damaged further on', async t => {
  const file = join(t.testdir(), 'damaged.xlsx')
  const rows =
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="b"><v>2</v></c></row>'
  writeFileSync(file, writeZip(workbookParts({ rows })))
  t.match(dump(file), { status: 1, lines: [{ file, error: { code: 'cell-invalid' } }] })
  t.equal(dump(file).lines.length, 1)
})
