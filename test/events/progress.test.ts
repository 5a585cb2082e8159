import { join } from 'node:path'
import t from 'tap'
import type { ImportEvent } from '../../src/contracts/events.ts'
import { progressIntervalMs } from '../../src/limits.ts'
import { startConsumer } from '../support/event-consumer.ts'
import { readOutbox } from '../support/event-contract.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { startOwnNats } from '../support/own-servers.ts'
import { addsUp, isCompleted, startTestService } from '../support/service.ts'

const nameOf = ({ type }: ImportEvent) => type.split('.')[1]!

t.test('what a consumer is told of an import from its upload to its deletion', async t => {
  const nats = await startOwnNats(t)
  const service = await startTestService(t, { NATS_URL: nats.url, BATCH_ROWS_MAX: '25' })
  const consumer = startConsumer(nats.url, 'crm')
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 6_000)
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: messyColumns })
  await service.waitFor(id, ({ rows }) => rows.processed > 0)
  await service.call('POST', `/imports/${id}/cancel`)
  await service.call('PATCH', `/imports/${id}`, { body: { name: 'Klienci' } })
  await service.call('POST', `/imports/${id}/start`)
  const completed = await service.waitFor(id, isCompleted)
  await service.call('DELETE', `/imports/${id}`)
  while (nameOf((await readOutbox(service.database.adminUrl)).at(-1)!) !== 'deleted');
  const outbox = await readOutbox(service.database.adminUrl)
  await consumer.until(outbox.length)
  await consumer.stop()
  const events = consumer.events
  t.strictSame(events, outbox, 'to the letter')

  t.strictSame(
    events.map(nameOf).filter(name => name !== 'progress'),
    [
      ...['uploaded', 'mapped', 'queued', 'started', 'cancelled'],
      ...['renamed', 'queued', 'started', 'completed', 'deleting', 'deleted'],
    ],
  )
  const ofTheService = ['started', 'progress', 'completed', 'deleted']
  for (const event of events) {
    const actor = ofTheService.includes(nameOf(event)) ? null : 'anna'
    t.equal(event.actor, actor, `${nameOf(event)}: who made the change`)
  }
  for (const { data } of events) {
    const { rows, progress, status } = data
    const exact = Math.floor((rows.processed * 1_000) / rows.total) / 10
    const percent = status === 'completed' ? 100 : Math.min(99.9, exact)
    t.ok(addsUp({ ...completed, ...data }), 'the ledger adds up')
    t.equal(progress.percent, percent, 'rows of the total; 100 is said of a completed one alone')
    t.equal(progress.queuePosition, status === 'queued' ? 1 : null)
    if (progress.rowsPerSecond) {
      t.equal(status, 'running')
      t.ok(Math.abs(progress.etaSeconds! - rows.remaining / progress.rowsPerSecond) <= 2)
    }
  }
  const done = events.map(({ data }) => data.rows.processed)
  t.strictSame(
    done,
    done.toSorted((a, b) => a - b),
    'no number goes back',
  )
  t.equal(done.at(-1), completed.rows.total)

  const runs = events.flatMap((event, at) => {
    if (nameOf(event) !== 'started') return []
    const rest = events.slice(at + 1)
    return [rest.slice(0, rest.findIndex(each => nameOf(each) !== 'progress') + 1)]
  })
  t.equal(runs.length, 2)
  for (const run of runs) {
    const seconds = (Date.parse(run.at(-1)!.time) - Date.parse(run[0]!.time)) / 1_000
    const told = run.length - 1
    t.ok(told <= 1 + Math.ceil(seconds * (1_000 / progressIntervalMs)), `${told} in ${seconds} s`)
  }
  t.ok(runs[1]!.length > 2, 'some of it is progress')
})
