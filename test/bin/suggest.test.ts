/** The command that prints what would be proposed. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const command = fileURLToPath(new URL('../../src/bin/suggest.ts', import.meta.url))
const run = promisify(execFile)

t.test('a line for each file, with the fault of one that cannot be read', async t => {
  const path = await writeSmallSheet(join(makeScratchFolder(t), 'lista.xlsx'), [
    ['Raport'],
    ['Imię', 'Telefon', 'Telefon doradcy'],
    ['Anna', '501234567', '601000001'],
  ])
  const failed = await run(process.execPath, [command, path, `${path}.no`]).catch(error => error)
  t.equal(failed.code, 1)
  const [told, fault] = failed.stdout
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line))
  t.match(told, {
    sheet: 'Arkusz1',
    headerRow: 2,
    region: 'PL',
    columns: [{ field: 'firstName' }, { field: 'phone', kind: { kind: 'phone' } }, { field: null }],
  })
  t.match(fault, { error: /ENOENT/ })
})
