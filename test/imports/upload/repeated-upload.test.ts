/** An upload that comes again under its idempotency key: the import as it is now, to whoever reads Polish too. */
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import { writeContactSheet } from '../../../src/sample/contact-sheet.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { startTestService, type TestApi } from '../../support/service.ts'

const database = await createTestDatabase(t)
const service = await startTestService(t, { ROLE: 'api' }, database)
const folder = makeScratchFolder(t)
const [path, otherPath] = [join(folder, 'a.xlsx'), join(folder, 'b.xlsx')]
await writeContactSheet(path, { rows: 5, strings: 'inline' })
await writeContactSheet(otherPath, { rows: 6, strings: 'inline' })
const inPolish = { headers: { 'accept-language': 'pl', 'idempotency-key': 'once' } }

async function upload(api: TestApi, file: string) {
  const body = new FormData()
  body.set('file', await openAsBlob(file), 'a.xlsx')
  return api.call<Import>('POST', '/imports', { ...inPolish, body })
}

const { body: first } = await upload(service, path)

t.test('it shows the import as it is shown alone', async t => {
  await service.mapAndStart(first.id)
  const queued = await upload(service, path)
  t.match(queued, { status: 201, body: { status: 'queued', progress: { queuePosition: 1 } } })
  t.same(queued.body, (await service.call('GET', `/imports/${first.id}`, inPolish)).body)
  await queryOnce(
    database.adminUrl,
    `update imports set status = 'failed', failure_code = 'import-source-changed'`,
  )
  const failed = await upload(service, path)
  t.match(failed.body, { failure: { detail: /Wyślij plik ponownie/ } })
  t.same(failed.body, (await service.call('GET', `/imports/${first.id}`, inPolish)).body)
})

t.test('the key is held while its import is being deleted, and free afterwards', async t => {
  await service.call('DELETE', `/imports/${first.id}`)
  for (const file of [path, otherPath]) {
    t.match(await upload(service, file), {
      status: 409,
      body: {
        code: 'idempotency-key-held',
        title: 'Import o tym kluczu idempotencji jest usuwany',
      },
    })
  }
  await queryOnce(database.adminUrl, 'delete from imports')
  const anew = await upload(service, otherPath)
  t.match(anew, { status: 201, body: { status: 'uploaded' } })
  t.not(anew.body.id, first.id)
})
