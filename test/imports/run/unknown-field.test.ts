/** A mapping with a field that this release does not know, as a newer one leaves it behind: its import fails at once. */
import { join } from 'node:path'
import t from 'tap'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isFailed, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const service = await startTestService(t)
const { adminUrl } = service.database

t.test('the import names the field, and no worker dies of it', async t => {
  const path = await writeSmallSheet(join(makeScratchFolder(t), 'a.xlsx'), [
    ['Nazwisko', 'But'],
    ['Iks', 42],
  ])
  const { id } = await service.upload(path)
  const body = { headerRow: true, columns: [{ column: 1, field: 'lastName' }] }
  await service.call('PUT', `/imports/${id}/mapping`, { body })
  await queryOnce(
    adminUrl,
    `update imports set mapping = jsonb_set(mapping, '{columns,1}', '{"column": 2, "field": "shoeSize"}')
    where id = $1`,
    [id],
  )
  t.equal((await service.call('POST', `/imports/${id}/start`)).status, 202)
  const failed = await service.waitFor(id, isFailed)
  t.match(failed.failure, { code: 'mapping-unknown-field', detail: /shoeSize/ })
  t.match(failed.rows, { created: 0, remaining: 1 })
  const [row] = await queryOnce(adminUrl, 'select epoch, crashes from imports where id = $1', [id])
  t.match(row, { epoch: 1, crashes: 0 }, 'the first run said so itself')
})
