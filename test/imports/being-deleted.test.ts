/** An import that is being deleted is still shown, and nothing more can be done with it. */
import { join } from 'node:path'
import t from 'tap'
import type { Campaign } from '../../src/contracts/campaign.ts'
import { writeContactSheet } from '../../src/sample/contact-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { startTestService } from '../support/service.ts'

const service = await startTestService(t, { ROLE: 'api' })
const path = join(makeScratchFolder(t), 'contacts.xlsx')
await writeContactSheet(path, { rows: 3, strings: 'inline' })
const { id } = await service.upload(path)
const { body: campaign } = await service.call<Campaign>('POST', '/campaigns', {
  body: { name: 'lato' },
})
await service.call('DELETE', `/imports/${id}`)

const changes: [string, string, object?][] = [
  ['PATCH', `/imports/${id}`, { name: 'zima' }],
  ['PUT', `/imports/${id}/mapping`, { headerRow: true, columns: [{ column: 4, field: 'phone' }] }],
  ['POST', `/imports/${id}/validate`],
  ['POST', `/imports/${id}/start`],
  ['POST', `/imports/${id}/cancel`],
  ['POST', `/campaigns/${campaign.id}/assignments`, { importId: id }],
]

const change = () =>
  Promise.all(
    changes.map(async ([method, path, body]) => {
      const answer = await service.call<{ code: string }>(method, path, body && { body })
      return `${answer.status} ${answer.body.code}`
    }),
  )

t.test('every change is a conflict with its state, but its deletion once more', async t => {
  t.same(
    await change(),
    changes.map(() => '409 import-state-conflict'),
  )
  t.match(await service.call('DELETE', `/imports/${id}`), { status: 202 })
  const shown = await service.call('GET', `/imports/${id}`)
  t.match(shown, { status: 200, body: { name: 'contacts', status: 'deleting' } })
})

t.test('once it is gone it is unknown', async t => {
  await queryOnce(service.database.adminUrl, 'delete from imports')
  t.same(
    await change(),
    changes.map(() => '404 not-found'),
  )
})
