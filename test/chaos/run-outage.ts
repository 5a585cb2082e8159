/**
 * `npm run outage -- --minutes 10 --events 10000`: nats-server killed and away for real minutes while two service
 * processes import; then what waited must reach a consumer. The result is appended to docs/reliability.md.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '../../src/storage/postgres/migrate.ts'
import { surviveOutage } from '../support/broker-outage.ts'
import { urlOfDatabase } from '../support/database-url.ts'
import { type Owner, startOwnNats, startOwnPostgres } from '../support/own-servers.ts'
import { conductRun } from './long-run.ts'
import { appendSection } from './report.ts'

/** What the events that waited may take to reach a consumer. */
const drainSecondsMax = 60

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    events: { type: 'string', default: '10000' },
    page: { type: 'string', default: join(import.meta.dirname, '../../docs/reliability.md') },
  },
})
const [minutes, events] = [Number(values.minutes), Number(values.events)]
await conductRun(runOutage)

async function runOutage(owner: Owner): Promise<boolean> {
  const begun = performance.now()
  const postgres = await startOwnPostgres(owner)
  const nats = await startOwnNats(owner)
  await migrate(postgres.url)
  const adminUrl = urlOfDatabase(postgres.adminUrl, 'contact_import')
  const { faults, ...outage } = await surviveOutage(owner, {
    database: { url: postgres.url, adminUrl },
    nats,
    seconds: minutes * 60,
    events,
    log: console.log,
  })
  if (outage.drainSeconds > drainSecondsMax) {
    faults.push(`draining took more than ${drainSecondsMax} s`)
  }
  appendSection(values.page, {
    command: `npm run outage -- --minutes ${minutes} --events ${events}`,
    minutes: (performance.now() - begun) / 60_000,
    rows: [
      ['nats-server killed, and away', `${Math.round(outage.secondsAway)} s`],
      ['imports completed meanwhile', String(outage.completed)],
      ['events that waited when it came back', String(outage.waiting)],
      ['until the broker and a durable consumer had all', `${outage.drainSeconds.toFixed(1)} s`],
    ],
    faults,
  })
  for (const fault of faults) console.error(fault)
  console.log(faults.length === 0 ? 'no fault' : `${faults.length} faults`)
  return faults.length === 0
}
