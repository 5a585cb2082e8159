/** The sheet of faulty rows as LibreOffice reads it, corrects nothing of it and saves it again. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import { cellText, codeText } from '../../../src/mapping/cell.ts'
import { contactColumns, contactRows } from '../../../src/sample/contact-rows.ts'
import { columnLetters } from '../../../src/sheet-writer/index.ts'
import { downloadIssueSheet, readRows } from '../../support/issue-sheet-reader.ts'
import { messyColumns } from '../../support/messy-sheet.ts'
import { ensureSoffice } from '../../support/provision.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'
import { readZipText } from '../../support/zip-reader.ts'

const soffice = ensureSoffice()

/** Texts that a careless writer would turn into formulas or numbers, or lose. */
const hostile = [
  '=1+1',
  '+48 abc',
  '-1-1',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '00123',
  '_x0041_',
  ' a ',
  '1E5',
  'a\u0007b',
]

t.test(
  'LibreOffice saves what it was given',
  { skip: soffice === undefined && 'LibreOffice is neither here nor can it be installed' },
  async t => {
    const service = await startTestService(t)
    const folder = makeScratchFolder(t)
    const rows = [...contactRows({ rows: 60, flawedEvery: 3 })].map((row, at) => {
      const notes = hostile[Math.floor(at / 3)] ?? row[11]
      return [...row.slice(0, 11), notes]
    })
    const path = await writeSmallSheet(join(folder, 'kontakty.xlsx'), [
      contactColumns.map(({ header }) => header),
      ...rows,
    ])
    const { id } = await service.upload(path)
    await service.mapAndStart(id, { columns: messyColumns })
    await service.waitFor(id, isCompleted)
    const sheet = await downloadIssueSheet(service.url, id, { folder, language: 'pl' })
    const saved = join(folder, 'saved', basename(sheet))
    mkdirSync(join(folder, 'saved'))
    const { status, stderr } = spawnSync(
      soffice!,
      [
        '--headless',
        `-env:UserInstallation=file://${folder}/profile`,
        '--convert-to',
        'xlsx',
        '--outdir',
        join(folder, 'saved'),
        sheet,
      ],
      { encoding: 'utf8' },
    )
    t.equal(status, 0, stderr)
    for (const place of [0, 1]) {
      const [given, found] = [await readRows(sheet, place), await readRows(saved, place)]
      t.equal(found.length, given.length)
      for (const [at, { cells }] of given.entries()) {
        for (const cell of cells) {
          const other = found[at]?.cells.find(({ column }) => column === cell.column)
          const where = `sheet ${place + 1}, ${columnLetters(cell.column)}${at + 1}`
          // A carriage return becomes a line feed, and a control character is lost: LibreOffice keeps none.
          if (/\p{Cc}/u.test(cellText(cell).replaceAll('\t', ''))) continue
          t.strictSame(
            other && [cellText(other), codeText(other)],
            [cellText(cell), codeText(cell)],
            where,
          )
        }
      }
    }
    t.match(await readZipText(saved, 'docProps/custom.xml'), id)
    t.notMatch(await readZipText(saved, 'xl/worksheets/sheet1.xml'), /<f[ >]/)
    t.match(await readZipText(saved, 'xl/comments1.xml'), 'nie jest numerem telefonu')
    if (process.env.KEEP_SHEET) spawnSync('cp', [sheet, process.env.KEEP_SHEET])
  },
)
