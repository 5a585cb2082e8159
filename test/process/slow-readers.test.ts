/**
 * Readers that ask for much and take nothing, against the service as operators run it: connections that are
 * never read, and the memory of the process meanwhile.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { ImportPage } from '../../src/contracts/import.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { pageItemsMax, statesShownMax } from '../../src/limits.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet, type Member } from '../support/fleet.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { secret } from '../support/test-api.ts'

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
  const ids: string[] = []
  while (ids.length < imports) ids.push(await writer.createImport('acme'))
  await queryOnce(adminUrl, 'update imports set sheets = $1, status = $2', [
    manySheets,
    'completed',
  ])
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 600,
  })
  return { member, adminUrl, writer, ids, token }
}

/** The most memory that the process has had since it was last asked. */
function takePeakMiB({ child }: Member): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
  return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024
}

/** Asks for a stream, and reads nothing of what comes. */
function openDeafReader(t: Test, { url }: Member, headers: readonly string[]): void {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  t.teardown(() => socket.destroy())
  socket.pause()
  const head = ['GET /v1/imports/events HTTP/1.1', `host: ${hostname}`, ...headers]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
}

t.test('readers that take nothing cost little, whatever the imports hold', async t => {
  const { member, writer, ids, token } = await setScene(t, statesShownMax)
  const authorization = `authorization: Bearer ${token}`
  await member.call('GET', '/imports?limit=1')
  for (let event = 0; event < 2_000; event += 100) await writer.writeMany('acme', ids[0]!, 100)

  const openReaders = (readers: number) => {
    for (let reader = 0; reader < readers; reader += 2) {
      openDeafReader(t, member, [authorization])
      openDeafReader(t, member, [authorization, `last-event-id: ${ids[0]}:1`])
    }
    // As long as it takes until they are given up.
    return sleep(8_000)
  }
  // The memory that the first ones take to load and compile is no cost of a reader.
  await openReaders(10)
  takePeakMiB(member)
  const before = takePeakMiB(member)
  await openReaders(400)
  const after = takePeakMiB(member)
  // Nearly all of it is what the collector has not taken yet, however many the readers are.
  t.ok(after - before < 192, `400 readers cost ${Math.round(after - before)} MiB`)
})

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
  // With the sheets it was 25 MB a page; what is left is answers in hand, and what the collector has not taken yet.
  t.ok(after - before < 256, `20 pages at once cost ${Math.round(after - before)} MiB`)
  for (const { body } of pages) {
    t.equal(body.items.length, pageItemsMax)
    t.ok(JSON.stringify(body).length < MiB)
    t.notOk(body.items.some(item => 'sheets' in item))
  }
})
