import { join } from 'node:path'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import { writeContactSheet } from '../../../src/sample/contact-sheet.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'

t.test('an api process queues, a worker runs and answers about its health alone', async t => {
  const api = await startTestService(t, { ROLE: 'api' })
  const path = join(makeScratchFolder(t), 'contacts.xlsx')
  await writeContactSheet(path, { rows: 300, strings: 'inline' })
  const { id } = await api.upload(path)
  const queued = await api.mapAndStart(id)
  t.match(queued, { status: 'queued', progress: { queuePosition: 1 } })
  const { body: still } = await api.call<Import>('GET', `/imports/${id}`)
  t.equal(still.status, 'queued', 'nobody runs it yet')

  const worker = await startTestService(t, { ROLE: 'worker' }, api.database)
  t.equal((await fetch(`${worker.url}/livez`)).status, 200)
  t.equal((await fetch(`${worker.url}/readyz`)).status, 200)
  t.equal((await worker.call('GET', '/imports')).status, 404)
  const { rows } = await api.waitFor(id, isCompleted)
  t.equal(rows.created, 300)
})
