import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { contactColumns } from '../../src/sample/contact-rows.ts'
import { writeContactCsv } from '../../src/sample/contact-sheet.ts'
import { ensureSoffice } from '../support/provision.ts'
import { expectedLines, firstDifference, importedLines } from '../support/sample-contacts.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'

const rows = 25_000

/** LibreOffice's column types of a CSV import: 1 as it looks, 2 text, so that it changes no value itself. */
const asItLooks = new Set<string>(['phone', 'externalId'])
const columnTypes = contactColumns
  .map(({ field }, index) => `${index + 1}/${asItLooks.has(field) ? 1 : 2}`)
  .join('/')

/** Comma, double quote, UTF-8, from line 1. */
const csvFilter = `CSV:44,34,76,1,${columnTypes}`

const soffice = ensureSoffice()

t.test(
  'a sheet made by LibreOffice imports with every value as in its source',
  { skip: soffice === undefined && 'LibreOffice is neither here nor can it be installed' },
  async t => {
    const service = await startTestService(t)
    const folder = makeScratchFolder(t)
    const csv = join(folder, 'kontakty.csv')
    await writeContactCsv(csv, { rows, seed: 11 })
    const { status, stderr } = spawnSync(
      soffice!,
      [
        '--headless',
        `-env:UserInstallation=file://${folder}/profile`,
        `--infilter=${csvFilter}`,
        '--convert-to',
        'xlsx',
        '--outdir',
        folder,
        csv,
      ],
      { encoding: 'utf8' },
    )
    t.equal(status, 0, stderr)
    const { id } = await service.upload(join(folder, 'kontakty.xlsx'))
    await service.mapAndStart(id)
    const { rows: ledger } = await service.waitFor(id, isCompleted)
    t.match(ledger, { total: rows, created: rows, rejected: 0, skipped: 0 })
    t.same(firstDifference(expectedLines(rows, 11), await importedLines(service, id)), undefined)
  },
)
