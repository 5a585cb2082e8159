/** Readers that ask for much at once, against the service as operators run it, and the memory of the process meanwhile. */
import { readFileSync, writeFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import type { ImportPage } from '../../src/contracts/import.ts'
import { pageItemsMax } from '../../src/limits.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet, type Member } from '../support/fleet.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

const MiB = 1024 * 1024

/** What an upload keeps of a workbook with about a thousand sheets: as much as it may. */
const manySheets = JSON.stringify(
  Array.from({ length: 1_000 }, (_, index) => ({
    name: `Oddział ${index} ${'x'.repeat(70)}`,
    rows: 1_000,
    columns: 12,
    hidden: false,
  })),
)

async function setScene(t: Test, imports: number) {
  const { url, adminUrl } = await createTestDatabase(t)
  const fleet = createFleet(t, { databaseUrl: url, scratchDir: makeScratchFolder(t) })
  const member = await fleet.start()
  const writer = await openOutboxWriter(t, url)
  for (let left = imports; left > 0; left -= 1) await writer.createImport('acme')
  await queryOnce(adminUrl, 'update imports set sheets = $1, status = $2', [
    manySheets,
    'completed',
  ])
  return { member }
}

/** The most memory that the process has had since it was last asked. */
function takePeakMiB({ child }: Member): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
  return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024
}

t.test('a page of imports is small, whatever the imports hold', async t => {
  const { member } = await setScene(t, pageItemsMax)
  await member.call('GET', '/imports?limit=1')
  takePeakMiB(member)
  const before = takePeakMiB(member)
  const pages = await Promise.all(
    Array.from({ length: 20 }, () =>
      member.call<ImportPage>('GET', `/imports?limit=${pageItemsMax}`),
    ),
  )
  const after = takePeakMiB(member)
  t.ok(after - before < 64, `20 pages at once cost ${Math.round(after - before)} MiB`)
  for (const { body } of pages) {
    t.equal(body.items.length, pageItemsMax)
    t.ok(JSON.stringify(body).length < MiB)
    t.notOk(body.items.some(item => 'sheets' in item))
  }
})
