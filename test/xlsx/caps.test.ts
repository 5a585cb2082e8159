/**
 * Files made to waste time or memory are refused at their cap, and the caps are options: each is
 * met with a small value, so that the file that passes it can be small, too.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { defaultLimits, openWorkbook, XlsxError, type XlsxLimits } from '../../src/xlsx/index.ts'
import {
  MAIN,
  relationships,
  type WorkbookSource,
  workbookParts,
  worksheet,
} from '../support/workbook-parts.ts'
import { writeZip, type ZipPart } from '../support/zip-writer.ts'

const MiB = 1024 * 1024
const row = '<row r="1"><c r="A1" t="str"><v>x</v></c></row>'

async function readOutcome(path: string, limits: Partial<XlsxLimits> = {}): Promise<string> {
  try {
    await using workbook = await openWorkbook(path, { limits })
    let rows = 0
    for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) rows += batch.length
    return `${rows} rows`
  } catch (error) {
    if (error instanceof XlsxError) return error.code
    throw error
  }
}

interface CapCase {
  cap: keyof XlsxLimits
  /** a value that is one too small, then one that fits */
  values: [tooSmall: number, enough: number]
  code?: string
  source: WorkbookSource
}

const inflatedSheet = worksheet(row).length

const cases: CapCase[] = [
  { cap: 'entriesMax', values: [3, 4], code: 'too-many-entries', source: { rows: row } },
  {
    cap: 'sheetNameCharactersMax',
    values: [4, 5],
    source: { rows: row, sheets: '<sheet name="Sheet" r:id="rId1"/>' },
  },
  { cap: 'directoryBytesMax', values: [200, 400], source: { rows: row } },
  { cap: 'sheetBytesMax', values: [inflatedSheet - 1, inflatedSheet], source: { rows: row } },
  { cap: 'partBytesMax', values: [100, 2000], source: { rows: row } },
  {
    cap: 'sharedStringsBytesMax',
    values: [60, 200],
    source: { rows: row, strings: '<si><t>a</t></si>' },
  },
  {
    cap: 'sharedStringsMax',
    values: [1, 2],
    source: { rows: row, strings: '<si><t>a</t></si><si><t>b</t></si>' },
  },
  {
    cap: 'sheetsMax',
    values: [1, 2],
    source: { rows: row, sheets: '<sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId2"/>' },
  },
  { cap: 'relationshipsMax', values: [4, 5], source: { rows: row } },
  { cap: 'cellFormatsMax', values: [1, 2], source: { rows: row, formats: ['0'] } },
  { cap: 'numberFormatsMax', values: [1, 2], source: { rows: row, formats: ['0', '00'] } },
  {
    cap: 'rowsMax',
    values: [1, 2],
    code: 'too-many-rows',
    source: { rows: '<row r="2"><c r="A2"><v>1</v></c></row>' },
  },
  {
    cap: 'columnsMax',
    values: [1, 2],
    code: 'too-many-columns',
    source: { rows: '<row r="1"><c r="B1"><v>1</v></c></row>' },
  },
  {
    cap: 'tagBytesMax',
    values: [900, 2000],
    source: { rows: `<row r="1" a="${'x'.repeat(1000)}"><c><v>1</v></c></row>` },
  },
  {
    cap: 'attributesMax',
    values: [3, 4],
    source: { rows: '<row r="1"><c r="A1" a="1" b="2" d="3"><v>1</v></c></row>' },
  },
  {
    cap: 'namespacesMax',
    values: [2, 3],
    source: { rows: `<x xmlns:a="a" xmlns:b="b"/>${row}` },
  },
  {
    cap: 'textBytesMax',
    values: [9, 10],
    source: { rows: '<row r="1"><c r="A1" t="str"><v>0123456789</v></c></row>' },
  },
  {
    cap: 'textBytesMax',
    values: [9, 10],
    source: { rows: row, strings: '<si><r><t>01234</t></r><r><t>56789</t></r></si>' },
  },
  {
    cap: 'rowCharactersMax',
    values: [9, 10],
    source: {
      rows: '<row r="1"><c r="A1" t="str"><v>01234</v></c><c r="B1" t="str"><v>56789</v></c></row>',
    },
  },
  { cap: 'formatCodeCharactersMax', values: [3, 4], source: { rows: row, formats: ['yyyy'] } },
  {
    cap: 'depthMax',
    values: [8, 20],
    source: { rows: `${row}<x>${'<a>'.repeat(6)}${'</a>'.repeat(6)}</x>` },
  },
]

t.test('every cap is an option', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  for (const { cap, values, code = 'too-large', source } of cases) {
    writeFileSync(path, writeZip(workbookParts(source)))
    t.equal(await readOutcome(path, { [cap]: values[0] }), code, `${cap} ${values[0]}`)
    t.equal(await readOutcome(path, { [cap]: values[1] }), '1 rows', `${cap} ${values[1]}`)
  }
})

/** Runs `work` and tells how much the memory of this process grew meanwhile, in MiB. */
async function growthMiB(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 5)
  await work()
  clearInterval(timer)
  return (peak - before) / MiB
}

const filler = (megabytes: number, text: string): Buffer => Buffer.alloc(megabytes * MiB, text)

function sheetOf(...pieces: (string | Buffer)[]): ZipPart[] {
  const data = Buffer.concat(pieces.map(piece => Buffer.from(piece as string)))
  return workbookParts({ parts: { 'xl/worksheets/sheet1.xml': data } })
}

const open = `<worksheet xmlns="${MAIN}"><sheetData>`
const close = '</sheetData></worksheet>'

const hostile: [name: string, outcome: string, parts: () => ZipPart[]][] = [
  ['spaces without end', 'no-progress', () => sheetOf(open, filler(24, ' '), close)],
  [
    'a comment without end',
    'no-progress',
    () => sheetOf(open, '<!--', filler(24, 'x'), '-->', close),
  ],
  [
    'an instruction without end',
    'no-progress',
    () => sheetOf('<?x ', filler(24, 'x'), '?>', open, close),
  ],
  ['tags without end', 'no-progress', () => sheetOf(open, filler(24, '<a/>'), close)],
  [
    'a value without end',
    'too-large',
    () => sheetOf(open, '<row r="1"><c r="A1"><v>', filler(24, '1'), '</v></c></row>', close),
  ],
  ['a name without end', 'too-large', () => sheetOf(open, '<', filler(24, 'x'), '/>', close)],
  [
    'an attribute without end',
    'no-progress',
    () => sheetOf(open, '<row r="', filler(24, '1'), '"/>', close),
  ],
  [
    'CDATA without end',
    'too-large',
    () =>
      sheetOf(
        open,
        '<row r="1"><c r="A1" t="str"><v><![CDATA[',
        filler(24, 'x'),
        ']]></v></c></row>',
        close,
      ),
  ],
  [
    'many pieces of text',
    'too-large',
    () =>
      sheetOf(
        open,
        '<row r="1"><c r="A1" t="str"><v>',
        filler(8, 'xyz<!---->'),
        '</v></c></row>',
        close,
      ),
  ],
  [
    'many attributes',
    'too-large',
    () =>
      sheetOf(
        open,
        `<row ${Array.from({ length: 2000 }, (_, at) => `a${at}=""`).join(' ')}/>`,
        close,
      ),
  ],
  ['deep nesting', 'too-large', () => sheetOf(open, '<a>'.repeat(100_000), close)],
  [
    'many sheets',
    'too-large',
    () => workbookParts({ sheets: '<sheet name="a" r:id="rId1"/>'.repeat(100_000) }),
  ],
  [
    'many cell formats',
    'too-large',
    () => workbookParts({ styles: `<cellXfs>${'<xf/>'.repeat(300_000)}</cellXfs>` }),
  ],
]

const numerals = filler(1, '1').subarray(16)

/** Read without an error, and soon: what is odd about them costs no more than its bytes. */
const harmless: [name: string, outcome: string, parts: () => ZipPart[]][] = [
  [
    'a million digits that are no number',
    '1 rows',
    () => sheetOf(open, '<row r="1"><c r="A1"><v>', numerals, 'x</v></c></row>', close),
  ],
  [
    'a target of many fragments',
    '1 rows',
    () => {
      const target = `worksheets/sheet1.xml${'#'.repeat(MiB - 1024)}&#10;`
      const parts = { 'xl/_rels/workbook.xml.rels': relationships(['rId1', 'worksheet', target]) }
      return workbookParts({ rows: row, parts })
    },
  ],
]

t.test('hostile parts are dealt with in little memory', async t => {
  const path = join(t.testdir(), 'hostile.xlsx')
  for (const [name, outcome, parts] of [...hostile, ...harmless]) {
    writeFileSync(path, writeZip(parts()))
    let actual = ''
    const growth = await growthMiB(async () => {
      actual = await readOutcome(path, { idleBytesMax: 8 * MiB })
    })
    t.equal(actual, outcome, name)
    t.ok(growth < 64, `${name}: ${growth.toFixed(0)} MiB`)
  }
})

t.test('long names are not remembered', async t => {
  const path = join(t.testdir(), 'names.xlsx')
  const rows = Array.from({ length: 300 }, (_, at) => [
    `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row><n${at}`,
    filler(1, 'x').subarray(1024),
    '/>',
  ])
  writeFileSync(path, writeZip(sheetOf(open, ...rows.flat(), close)))
  const growth = await growthMiB(async () => t.equal(await readOutcome(path), '300 rows'))
  t.ok(growth < 256, `${growth.toFixed(0)} MiB`)
})

t.test('an entry that inflates to more than it declares is stopped there', async t => {
  const path = join(t.testdir(), 'lie.xlsx')
  const parts = sheetOf(open, filler(200, ' '), close).map(part =>
    part.name.endsWith('sheet1.xml') ? { ...part, lies: { inflatedBytes: 300 } } : part,
  )
  writeFileSync(path, writeZip(parts))
  t.equal(await readOutcome(path), 'size-mismatch')
})

t.test('a million entries are refused before they are read', async t => {
  const path = join(t.testdir(), 'entries.xlsx')
  writeFileSync(
    path,
    writeZip(workbookParts({ rows: row }), { isZip64: true, entryCount: 1_000_000 }),
  )
  t.equal(await readOutcome(path), 'too-many-entries')
})

t.test('names that lead out of the package are names and no paths', async t => {
  const path = join(t.testdir(), 'names.xlsx')
  const names = ['../../evil.txt', '/etc/passwd', 'C:\\evil.txt'].map(name => ({ name, data: 'x' }))
  writeFileSync(path, writeZip([...names, ...workbookParts({ rows: row })]))
  t.equal(await readOutcome(path), '1 rows')
})

t.test('names from the file cannot make a detail long or unprintable', async t => {
  const path = join(t.testdir(), 'names.xlsx')
  const name = `&#x9b;2J${'x'.repeat(10_000)}`
  const links = relationships(['rId1', 'worksheet', name])
  const parts = workbookParts({ rows: row, parts: { 'xl/_rels/workbook.xml.rels': links } })
  writeFileSync(path, writeZip(parts))
  await using workbook = await openWorkbook(path)
  const reading = workbook.measureSheet(workbook.firstVisibleSheet)
  const error: XlsxError = await reading.then(t.fail, refusal => refusal)
  t.equal(error.code, 'part-missing')
  t.equal(error.detail.length, 300)
  t.match(error.detail, /^[ -~\ufffd]+…$/)
})

t.test('the defaults are frozen and positive', async t => {
  t.ok(Object.isFrozen(defaultLimits))
  for (const [name, value] of Object.entries(defaultLimits)) t.ok(value > 0, name)
})

t.test(
  'a long attribute that nobody reads is passed over, one that is read is refused',
  async t => {
    const long = 'A1:B2 '.repeat(500_000)
    const sheetWith = (rule: string, cell: string) =>
      `<worksheet xmlns="${MAIN}"><sheetData><row r="1" spans="1:1"><c ${cell}><v>1</v></c></row></sheetData>${rule}</worksheet>`
    const read = async (sheet: string) => {
      const path = join(t.testdir(), 'long.xlsx')
      writeFileSync(path, writeZip(workbookParts({ sheet })))
      return readOutcome(path)
    }
    t.equal(
      await read(
        sheetWith(`<dataValidations><dataValidation sqref="${long}"/></dataValidations>`, 'r="A1"'),
      ),
      '1 rows',
    )
    t.equal(await read(sheetWith('', `r="A1" x="${long}"`)), '1 rows')
    t.equal(await read(sheetWith('', `r="${long}"`)), 'too-large')
    t.equal(await read(sheetWith(`<a b="${long}<"/>`, 'r="A1"')), 'xml-malformed')
  },
)

t.test(
  'two entries of one name matter only where they are read, and letters beyond ASCII keep their case',
  async t => {
    const path = join(t.testdir(), 'twice.xlsx')
    const extra = ['docProps/app.xml', 'DOCPROPS/app.xml', 'xl/media/Ä.png', 'xl/media/ä.png'].map(
      name => ({ name, data: 'x' }),
    )
    writeFileSync(path, writeZip([...extra, ...workbookParts({ rows: row })]))
    t.equal(await readOutcome(path), '1 rows')
  },
)

t.test('protected by a label is told from protected by a password', async t => {
  const path = join(t.testdir(), 'protected.xlsx')
  const compound = (...names: string[]) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      ...names.map(name => Buffer.from(name, 'utf16le')),
    ])
  const outcomes: [string[], string][] = [
    [['EncryptedPackage', 'StrongEncryptionDataSpace'], 'encrypted'],
    [['DRMEncryptedDataSpace', 'EncryptedPackage'], 'label-protected'],
    [['Workbook'], 'not-xlsx'],
  ]
  for (const [names, outcome] of outcomes) {
    writeFileSync(path, compound(...names))
    t.equal(await readOutcome(path), outcome)
  }
})
