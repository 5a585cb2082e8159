/** A run that meets an error which nobody foresaw: its import fails at once, and is not tried again and again. */
import { join } from 'node:path'
import t from 'tap'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isFailed, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const service = await startTestService(t)
const { adminUrl } = service.database

t.test('the import fails as an internal error', async t => {
  const path = await writeSmallSheet(join(makeScratchFolder(t), 'a.xlsx'), [['Nazwisko'], ['Iks']])
  const { id } = await service.upload(path)
  const body = { headerRow: true, columns: [{ column: 1, field: 'lastName' }] }
  await service.call('PUT', `/imports/${id}/mapping`, { body })
  // No caller says where a sheet has merged cells: a row like this one is a fault of ours.
  await queryOnce(
    adminUrl,
    `update imports set preview = jsonb_set(preview, '{0,merged}', '[7]') where id = $1`,
    [id],
  )
  t.equal((await service.call('POST', `/imports/${id}/start`)).status, 202)
  const failed = await service.waitFor(id, isFailed)
  t.match(failed.failure, { code: 'internal-error', detail: new RegExp(id) })
  const [row] = await queryOnce(adminUrl, 'select epoch, crashes from imports where id = $1', [id])
  t.match(row, { epoch: 1, crashes: 0 }, 'the first run said so itself')
})
