/** Every time that is kept is PostgreSQL's, whatever the clock of the process says. */
import { join } from 'node:path'
import t from 'tap'
import type { Campaign } from '../../../src/contracts/campaign.ts'
import type { Case } from '../../../src/contracts/case.ts'
import type { ContactPage } from '../../../src/contracts/contact.ts'
import { writeContactSheet } from '../../../src/sample/contact-sheet.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'

const hourMs = 3_600_000
const RealDate = Date

/** A clock that is an hour fast. */
globalThis.Date = class extends RealDate {
  constructor(...given: [] | [string | number | Date]) {
    super(given.length === 0 ? RealDate.now() + hourMs : given[0])
  }

  static override now(): number {
    return RealDate.now() + hourMs
  }
} as DateConstructor
t.teardown(() => {
  globalThis.Date = RealDate
})

t.test('times of imports, cases and campaigns are in the order of what happened', async t => {
  const service = await startTestService(t)
  const [begin] = await queryOnce(service.database.url, 'select clock_timestamp() as now')
  const path = join(makeScratchFolder(t), 'contacts.xlsx')
  await writeContactSheet(path, { rows: 3, strings: 'inline' })
  const { id } = await service.upload(path)
  await service.mapAndStart(id)
  const done = await service.waitFor(id, isCompleted)
  const { body: contacts } = await service.call<ContactPage>('GET', '/contacts?limit=1')
  const { body: opened } = await service.call<Case>(
    'POST',
    `/contacts/${contacts.items[0]!.id}/cases`,
    { body: { subject: 'call back' } },
  )
  const { body: closed } = await service.call<Case>('PATCH', `/cases/${opened.id}`, {
    body: { status: 'closed' },
  })
  const { body: campaign } = await service.call<Campaign>('POST', '/campaigns', {
    body: { name: 'lato' },
  })
  const [end] = await queryOnce(service.database.url, 'select clock_timestamp() as now')
  const times = [
    (begin!.now as Date).toISOString(),
    done.createdAt,
    done.startedAt,
    done.finishedAt,
    opened.createdAt,
    closed.closedAt,
    campaign.createdAt,
    (end!.now as Date).toISOString(),
  ]
  t.strictSame(times, times.toSorted())
  t.equal(closed.createdAt, opened.createdAt)
})
