/** The writer's package, its pace and its manners when something fails. */
import { createWriteStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate, setTimeout } from 'node:timers/promises'
import t from 'tap'
import { openPromise } from 'yauzl'
import { type SheetValue, writeSheet } from '../../src/sample/sheet-writer.ts'

const rows: SheetValue[][] = [
  ['Imię', 'Telefon', 'Od'],
  ['Żaneta & Łukasz', 48501234567, new Date('2024-02-29')],
  [' Imię', null, null],
  ['Imię'],
]

t.test('shared strings: one item for equal texts, counted', async t => {
  const path = join(t.testdir(), 'shared.xlsx')
  t.strictSame(await writeSheet(createWriteStream(path), rows), { rows: 4 })
  const parts = await readParts(path)
  t.match(parts.get('xl/worksheets/sheet1.xml'), '<c r="A4" t="s"><v>0</v></c></row></sheetData>')
  t.match(
    parts.get('xl/sharedStrings.xml'),
    'count="6" uniqueCount="5"><si><t>Imię</t></si><si><t>Telefon</t></si><si><t>Od</t></si>' +
      '<si><t>Żaneta &amp; Łukasz</t></si><si><t xml:space="preserve"> Imię</t></si></sst>',
  )
  t.match(parts.get('[Content_Types].xml'), 'PartName="/xl/sharedStrings.xml"')
})

t.test('inline strings: no table, and nothing speaks of one', async t => {
  const path = join(t.testdir(), 'inline.xlsx')
  await writeSheet(createWriteStream(path), rows, { strings: 'inline', sheetName: 'A & "B"' })
  const parts = await readParts(path)
  t.notOk([...parts.values()].some(xml => xml.includes('sharedStrings')))
  t.match(parts.get('xl/workbook.xml'), 'name="A &amp; &quot;B&quot;"')
  t.match(parts.get('xl/worksheets/sheet1.xml'), '<c r="C2" s="1"><v>45351</v></c>')
})

t.test('a text beyond the remembered ones is written again, not lost', async t => {
  const path = join(t.testdir(), 'many.xlsx')
  const texts = Array.from({ length: 70_000 }, (_, index) => `t${index}`)
  await writeSheet(
    createWriteStream(path),
    [...texts, 't69999', 't0'].map(text => [text]),
  )
  const parts = await readParts(path)
  t.match(parts.get('xl/sharedStrings.xml'), 'count="70002" uniqueCount="70001"')
  t.match(
    parts.get('xl/worksheets/sheet1.xml'),
    '<c r="A70001" t="s"><v>70000</v></c></row><row r="70002"><c r="A70002" t="s"><v>0</v></c>',
  )
})

t.test('the same rows and time give the same bytes', async t => {
  const folder = t.testdir()
  const modifiedAt = new Date(2026, 0, 1)
  const files = [join(folder, 'one.xlsx'), join(folder, 'two.xlsx')]
  for (const path of files) await writeSheet(createWriteStream(path), rows, { modifiedAt })
  const [one, two] = await Promise.all(files.map(path => readFile(path)))
  t.ok(one!.equals(two!))
})

/** The count once it has stood still for a second, or has gone past any buffer. */
async function settledCount(read: () => number): Promise<number> {
  for (let before = -1; ; before = read()) {
    await setTimeout(1_000)
    if (read() === before || read() > 1_000_000) return read()
  }
}

t.test('an output that stops taking stops the pulling of rows', async t => {
  let pulled = 0
  let release = () => {}
  const output = new Writable({
    write: (_chunk, _encoding, done) => {
      release = done
    },
  })
  const writing = writeSheet(
    output,
    endlessRows(() => (pulled += 1)),
  )
  const settled = await settledCount(() => pulled)
  t.ok(settled > 0)
  t.ok(settled < 1_000_000, `${settled} rows were pulled, no more`)
  output.destroy(new Error('gone'))
  release()
  await t.rejects(writing, /gone/)
})

t.test('a failing row source fails the writing, and no scratch file stays', async t => {
  const scratchDir = t.testdir()
  const failing = (async function* () {
    for (let row = 0; row < 100_000; row += 1) yield [`text ${row}`]
    await setImmediate()
    throw new Error('source broke')
  })()
  const output = discard()
  await t.rejects(writeSheet(output, failing, { scratchDir }), /source broke/)
  t.ok(output.destroyed)
  t.strictSame(await readdir(scratchDir), [])
})

t.test('an output that goes away closes the row source', async t => {
  const scratchDir = t.testdir()
  const output = discard()
  let closed = false
  const source = (function* () {
    try {
      for (let row = 0; ; row += 1) {
        if (row === 50_000) output.destroy(new Error('client gone'))
        yield [`text ${row}`, row]
      }
    } finally {
      closed = true
    }
  })()
  await t.rejects(writeSheet(output, source, { scratchDir }), /client gone/)
  for (let tries = 0; !closed && tries < 100; tries += 1) await setTimeout(10)
  t.ok(closed)
  t.strictSame(await readdir(scratchDir), [])
})

function discard(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

function* endlessRows(onRow: () => void): Generator<SheetValue[]> {
  for (let row = 0; ; row += 1) {
    onRow()
    yield [`text ${row}`, row]
  }
}

/** The parts of a package by path; yauzl checks sizes while it inflates. */
async function readParts(path: string): Promise<Map<string, string>> {
  const zip = await openPromise(path)
  const parts = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    parts.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)))
  }
  return parts
}
