/**
 * How a workbook is read, beside what is in it: by pulling, in part, beside itself, and without
 * leaving anything open behind.
 */
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { openWorkbook, type Row } from '../../src/xlsx/index.ts'
import { MAIN, workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Bytes that this process holds on to; what is free is given back in the course of some turns. */
async function heldBytes(): Promise<number> {
  for (let turn = 0; turn < 5; turn++) {
    collectGarbage()
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const ROWS = 20_000

function plainRow(row: number): string {
  return (
    `<row r="${row}"><c r="A${row}"><v>${row}</v></c><c r="B${row}" t="s"><v>${row - 1}</v></c>` +
    `<c r="C${row}" t="inlineStr"><is><t>inline text number ${row}</t></is></c></row>`
  )
}

function numbered<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1))
}

const sheetRows = numbered(ROWS, plainRow).join('')
const strings = numbered(ROWS, row => `<si><t>shared text number ${row}</t></si>`).join('')
const bytes = writeZip(workbookParts({ rows: sheetRows, strings }))

function openDescriptors(path: string): string[] {
  return readdirSync('/proc/self/fd').flatMap(name => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`)
      return target.startsWith(path) ? [target] : []
    } catch {
      return []
    }
  })
}

function makeFile(t: { testdir(): string }): { dir: string; path: string } {
  const dir = t.testdir()
  const path = join(dir, 'book.xlsx')
  writeFileSync(path, bytes)
  return { dir, path }
}

async function collect(batches: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

t.test('batches have the size asked for', async t => {
  const { path } = makeFile(t)
  await using workbook = await openWorkbook(path)
  const sizes: number[] = []
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet, { batchRows: 700 })) {
    sizes.push(batch.length)
  }
  t.equal(sizes.pop(), ROWS % 700)
  t.ok(sizes.every(size => size === 700))
})

t.test('batches of large rows are shorter', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const text = 'x'.repeat(30_000)
  const rows = numbered(
    200,
    row => `<row r="${row}"><c r="A${row}" t="str"><v>${text}</v></c></row>`,
  )
  writeFileSync(path, writeZip(workbookParts({ rows: rows.join('') })))
  await using workbook = await openWorkbook(path)
  let total = 0
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet, { batchRows: 100 })) {
    t.ok(batch.length <= 35, `${batch.length} rows of 30,000 characters`)
    total += batch.length
  }
  t.equal(total, 200)
})

t.test('only the columns asked for, from the row asked for', async t => {
  const { path } = makeFile(t)
  await using workbook = await openWorkbook(path)
  const batches = workbook.rowBatches(workbook.firstVisibleSheet, {
    columns: [2, 9],
    fromRow: 19_999,
  })
  const rows = await collect(batches)
  t.strictSame(
    rows.map(({ number, cells }) => [number, cells.map(cell => [cell.column, cell.value])]),
    [
      [19_999, [[2, 'shared text number 19999']]],
      [20_000, [[2, 'shared text number 20000']]],
    ],
  )
  t.strictSame(await collect(workbook.rowBatches(workbook.firstVisibleSheet, { columns: [] })), [])
})

t.test('columns that are not asked for are still checked', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  writeFileSync(
    path,
    writeZip(
      workbookParts({
        rows: '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>5</v></c></row>',
      }),
    ),
  )
  await using workbook = await openWorkbook(path)
  const reading = collect(workbook.rowBatches(workbook.firstVisibleSheet, { columns: [1] }))
  await t.rejects(reading, { code: 'shared-string-out-of-range' })
  await t.rejects(workbook.measureSheet(workbook.firstVisibleSheet), {
    code: 'shared-string-out-of-range',
  })
})

t.test('a sheet is measured without being built', async t => {
  const { path } = makeFile(t)
  await using workbook = await openWorkbook(path)
  const sheet = workbook.firstVisibleSheet
  const { rows, columns, firstRows } = await workbook.measureSheet(sheet, { firstRows: 3 })
  t.strictSame([rows, columns, firstRows.length], [ROWS, 3, 3])
  t.strictSame((await workbook.measureSheet(sheet)).firstRows, [])
  const narrow = await workbook.measureSheet(sheet, { firstRows: 3, columns: [2] })
  t.strictSame({ rows, columns }, { rows: narrow.rows, columns: narrow.columns })
  t.ok(narrow.firstRows.every(({ cells }) => cells.every(({ column }) => column === 2)))
})

t.test('two loops over one workbook do not disturb each other', async t => {
  const { path } = makeFile(t)
  await using workbook = await openWorkbook(path, {
    limits: { sharedStringsMemoryBytesMax: 20_000 },
  })
  const sheet = workbook.firstVisibleSheet
  const [all, some] = await Promise.all([
    collect(workbook.rowBatches(sheet, { batchRows: 10 })),
    collect(workbook.rowBatches(sheet, { columns: [2], batchRows: 33 })),
  ])
  t.strictSame(
    some.map(row => row.cells[0]!.value),
    all.map(row => row.cells[1]!.value),
  )
  t.equal(all.length, ROWS)
})

t.test('strings on disk are the same in any order, and leave nothing behind', async t => {
  const dir = t.testdir()
  const path = join(dir, 'book.xlsx')
  // 7,919 is prime to 20,000: every string once, each far from the one before.
  const shuffled = numbered(
    ROWS,
    row => `<row r="${row}"><c r="A${row}" t="s"><v>${(row * 7919) % ROWS}</v></c></row>`,
  )
  writeFileSync(path, writeZip(workbookParts({ rows: shuffled.join(''), strings })))
  const limits = { sharedStringsMemoryBytesMax: 30_000 }
  const workbook = await openWorkbook(path, { limits, scratchDir: dir })
  t.equal(openDescriptors(join(dir, 'xlsx-strings-')).length, 1, 'a scratch file is open')
  t.strictSame(readdirSync(dir), ['book.xlsx'], 'and has no name')
  const rows = await collect(workbook.rowBatches(workbook.firstVisibleSheet))
  const expected = numbered(ROWS, row => `shared text number ${((row * 7919) % ROWS) + 1}`)
  t.strictSame(
    rows.map(row => row.cells[0]!.value),
    expected,
  )
  await workbook.close()
  t.strictSame(openDescriptors(dir), [])
})

t.test('leaving the loop closes what it opened', async t => {
  const { dir, path } = makeFile(t)
  const workbook = await openWorkbook(path, { scratchDir: dir })
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet, { batchRows: 5 })) {
    t.equal(batch.length, 5)
    break
  }
  const failing = async (): Promise<void> => {
    for await (const _ of workbook.rowBatches(workbook.firstVisibleSheet)) throw new Error('mine')
  }
  await t.rejects(failing(), { message: 'mine' })
  t.equal(openDescriptors(path).length, 1, 'the workbook itself stays open')
  await workbook.close()
  await workbook.close()
  t.strictSame(openDescriptors(dir), [])
})

t.test('a refused file is closed', async t => {
  const dir = t.testdir()
  const path = join(dir, 'book.xlsx')
  writeFileSync(path, writeZip(workbookParts({ sheets: '' })))
  await t.rejects(openWorkbook(path), { code: 'no-worksheet' })
  writeFileSync(path, writeZip(workbookParts({ strings: `${strings}<si>` })))
  await t.rejects(
    openWorkbook(path, { scratchDir: dir, limits: { sharedStringsMemoryBytesMax: 1 } }),
    {
      code: 'xml-malformed',
    },
  )
  t.strictSame(openDescriptors(dir), [])
})

t.test('a consumer that stops pulling stops the reading', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const noise = numbered(
    40_000,
    row => `<row r="${row}"><c r="A${row}"><v>${Math.sin(row)}</v></c></row>`,
  )
  const large = writeZip(
    workbookParts({ rows: noise.join('') }).map(part => ({ ...part, method: 0 })),
  )
  writeFileSync(path, large)
  await using workbook = await openWorkbook(path)
  const batches = workbook.rowBatches(workbook.firstVisibleSheet, { batchRows: 1 })
  const iterator = batches[Symbol.asyncIterator]()
  await iterator.next()
  await new Promise(resolve => setTimeout(resolve, 100))
  // The rest is replaced under the reader's hands: what it had not read yet is found out.
  const half = Math.floor(large.length / 2)
  writeFileSync(path, large.fill(0, half, half + 1000))
  const rest = async (): Promise<void> => {
    while (!(await iterator.next()).done);
  }
  await t.rejects(rest(), { name: 'XlsxError' })
})

t.test('closing a workbook under an open loop ends the loop with an error', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const noise = numbered(
    60_000,
    row => `<row r="${row}"><c r="A${row}"><v>${Math.sin(row)}</v></c></row>`,
  )
  writeFileSync(path, writeZip(workbookParts({ rows: noise.join('') })))
  const workbook = await openWorkbook(path)
  const batches = workbook.rowBatches(workbook.firstVisibleSheet, { batchRows: 1 })
  const iterator = batches[Symbol.asyncIterator]()
  await iterator.next()
  await workbook.close()
  const rest = async (): Promise<void> => {
    while (!(await iterator.next()).done);
  }
  await t.rejects(rest(), { message: 'the workbook was closed while it was read' })
  t.strictSame(openDescriptors(path), [])
})

t.test('a signal stops opening and reading', async t => {
  const { path } = makeFile(t)
  const reason = new Error('enough')
  await t.rejects(openWorkbook(path, { signal: AbortSignal.abort(reason) }), reason)
  const controller = new AbortController()
  await using workbook = await openWorkbook(path, { signal: controller.signal })
  const reading = async (): Promise<void> => {
    for await (const _ of workbook.rowBatches(workbook.firstVisibleSheet, { batchRows: 10 })) {
      controller.abort(reason)
    }
  }
  await t.rejects(reading(), reason)
})

t.test('a file that is not there is an error of the file system', async t => {
  await t.rejects(openWorkbook(join(t.testdir(), 'none.xlsx')), { code: 'ENOENT' })
})

t.test('strings share no memory with the bytes they came from', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const rows = numbered(300, row => {
    const padding = `<f>${'x'.repeat(100_000)}</f>`
    return `<row r="${row}"><c r="A${row}" t="str">${padding}<v>a text of its own, number ${row}</v></c></row>`
  })
  writeFileSync(path, writeZip(workbookParts({ rows: rows.join('') })))
  await using workbook = await openWorkbook(path)
  const before = await heldBytes()
  const kept = (await collect(workbook.rowBatches(workbook.firstVisibleSheet))).map(
    row => row.cells[0]!.value,
  )
  const after = await heldBytes()
  t.equal(kept.length, 300)
  // 300 strings of 40 bytes; had each kept its chunk, this would be 30 MB and more.
  t.ok(after - before < 4e6, `${after - before} bytes`)
  t.ok(kept.every((text, at) => text === `a text of its own, number ${at + 1}`))
})

t.test('a whole sheet in another namespace prefix is as good', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const xml = `<p:worksheet xmlns:p="${MAIN}"><p:sheetData><p:row r="1"><p:c r="A1"><p:v>1</p:v></p:c></p:row></p:sheetData></p:worksheet>`
  writeFileSync(path, writeZip(workbookParts({ sheet: xml })))
  await using workbook = await openWorkbook(path)
  const [row] = await collect(workbook.rowBatches(workbook.firstVisibleSheet))
  t.equal(row!.cells[0]!.value, 1)
})
