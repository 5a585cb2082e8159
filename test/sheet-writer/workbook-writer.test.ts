/** Workbooks that the service writes, part by part and as its own reader reads them. */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import {
  cellCharactersMax,
  columnLetters,
  type SheetPen,
  type SheetToWrite,
  sheetColumnsMax,
  sheetRowsMax,
  writeWorkbook,
} from '../../src/sheet-writer/index.ts'
import { escapeAttribute, escapeText } from '../../src/sheet-writer/xml-text.ts'
import { openWorkbook } from '../../src/xlsx/index.ts'
import { readRows } from '../support/issue-sheet-reader.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { readZipText } from '../support/zip-reader.ts'

const folder = makeScratchFolder(t)
let files = 0

async function write(sheets: SheetToWrite[], properties = {}): Promise<string> {
  const path = join(folder, `${++files}.xlsx`)
  await pipeline(writeWorkbook({ sheets, properties, author: 'tests' }), createWriteStream(path))
  return path
}

function sheetOf(write: (pen: SheetPen) => void, more: Partial<SheetToWrite> = {}): SheetToWrite {
  return {
    name: 'Arkusz',
    columnWidths: [10],
    *write(pen) {
      pen.startRow()
      write(pen)
      pen.endRow()
      yield
    },
    ...more,
  }
}

t.test('texts of all characters read back as they were', async t => {
  const texts = [
    '=1',
    '+1',
    '-1',
    '@x',
    '\tx',
    '\rx\r\n',
    ' a ',
    '<&>"\'',
    '_x0041_',
    '_x005F_',
    'x0041_',
    '_xG041_',
    'a\u0000b\u0008\u001f',
    '\ufffe\uffff',
    '\ud800',
    'a\udc00b',
    '\ud83d\ude00',
    ']]>',
    'ż\u00a0ó',
    '\n',
    '',
  ]
  const path = await write([
    sheetOf(pen => {
      for (const [at, text] of texts.entries()) pen.text(at + 1, text, 0)
    }),
  ])
  const [row] = await readRows(path)
  t.strictSame(
    texts.map((_, at) => row!.cells.find(({ column }) => column === at + 1)?.value ?? ''),
    texts,
  )
  t.equal(escapeText('a_x000D_\r'), 'a_x005F_x000D__x000D_')
  t.equal(escapeAttribute('a"<\n\u0001'), 'a&#34;&#60;&#10;')
})

t.test('cells of all kinds, with looks that many share', async t => {
  const path = await write([
    {
      name: 'A & "B"',
      columnWidths: [],
      *write(pen, styles) {
        const date = styles.place({ format: 'yyyy\\-mm\\-dd' })
        t.equal(styles.place({ format: 'yyyy\\-mm\\-dd' }), date, 'the same look once')
        pen.startRow()
        pen.number(1, '36526', date)
        pen.number(2, '0.1', styles.place({ format: 10, fill: 'FFC7CE' }))
        pen.boolean(3, true, 0)
        pen.error(4, '#N/A', 0)
        pen.blank(5, date)
        pen.endRow()
        yield
      },
    },
    { name: 'Pusty', columnWidths: [], *write() {} },
  ])
  await using workbook = await openWorkbook(path)
  t.strictSame(workbook.sheetNames, ['A & "B"', 'Pusty'])
  const [row] = await readRows(path)
  t.match(row!.cells, [
    { type: 'date', value: '2000-01-01T00:00:00' },
    { type: 'number', shown: '10.00%' },
    { type: 'boolean', value: true },
    { type: 'error', value: '#N/A' },
  ])
  t.equal(row!.cells.length, 4)
})

t.test('more comments than one block of shapes', async t => {
  const notes = 2_100
  const path = await write([
    {
      name: 'Uwagi',
      columnWidths: [],
      hasNotes: true,
      *write(pen) {
        for (let row = 0; row < notes; row += 1) {
          pen.startRow()
          pen.blank(2, 0)
          pen.note(2, `uwaga <${row}>`)
          pen.endRow()
          yield
        }
      },
    },
  ])
  const comments = await readZipText(path, 'xl/comments1.xml')
  t.equal(comments.match(/<comment /g)?.length, notes)
  t.match(comments, '<comment ref="B2100" authorId="0"><text><t>uwaga &lt;2099&gt;</t>')
  const drawing = await readZipText(path, 'xl/drawings/vmlDrawing1.vml')
  t.match(drawing, '<o:idmap v:ext="edit" data="1,2,3"/>')
  t.equal(new Set(drawing.match(/_x0000_s\d+/g)).size, notes)
  t.match(drawing, '<x:Row>2099</x:Row><x:Column>1</x:Column>')
  t.match(await readZipText(path, 'xl/worksheets/sheet1.xml'), '<legacyDrawing r:id="rId1"/>')
  t.match(await readZipText(path, '[Content_Types].xml'), '/xl/comments1.xml')
})

t.test('no more than a sheet can hold', async t => {
  const long = 'x'.repeat(cellCharactersMax + 1)
  const path = await write([sheetOf(pen => pen.text(sheetColumnsMax, long, 0))])
  const [row] = await readRows(path)
  t.equal((row!.cells[0]!.value as string).length, cellCharactersMax)
  t.equal(columnLetters(sheetColumnsMax), 'XFD')
  await t.rejects(write([sheetOf(pen => pen.text(sheetColumnsMax + 1, 'x', 0))]), RangeError)
  const full: SheetToWrite = {
    name: 'Pełny',
    columnWidths: [],
    *write(pen) {
      for (let row = 0; row <= sheetRowsMax; row += 1) {
        pen.startRow()
        pen.endRow()
        if (row % 1_000 === 0) yield
      }
    },
  }
  await t.rejects(write([full]), RangeError)
})

t.test(
  'the first bytes come before the rows, and rows come no faster than they are taken',
  async t => {
    let made = 0
    let isEnded = false
    const sheet: SheetToWrite = {
      name: 'Długi',
      columnWidths: [],
      async *write(pen) {
        try {
          for (; made < 500_000; made += 1) {
            pen.startRow()
            for (let column = 1; column < 10; column += 1) pen.text(column, `${Math.random()}`, 0)
            pen.endRow()
            if (made % 100 === 0) yield
          }
        } finally {
          isEnded = true
        }
      },
    }
    const bytes = writeWorkbook({ sheets: [sheet], author: 'tests' })
    await bytes.next()
    t.equal(made, 0)
    for (let piece = 0; piece < 20; piece += 1) await bytes.next()
    await sleep(300)
    t.ok(made < 20_000, `${made} rows were made`)
    await bytes.return(undefined)
    await sleep(50)
    t.ok(isEnded)
  },
)

t.test('an error of the rows breaks the file off', async t => {
  async function* fail(): AsyncGenerator<void> {
    yield
    throw new Error('no more rows')
  }
  await t.rejects(write([{ name: 'x', columnWidths: [], write: fail }]), /no more rows/)
})
