/** Deletions in the background, one of which PostgreSQL refuses. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { queryOnce } from '../support/query.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

t.test('a deletion that fails holds up no other, and is tried again', async t => {
  const service = await startTestService(t)
  const { adminUrl } = service.database
  const path = await writeSmallSheet(join(t.testdir(), 'klienci.xlsx'), [
    ['Nazwisko'],
    ['Nowak'],
    ['Kowalska'],
  ])
  const bring = async (tenant: string) => {
    const { id } = await service.upload(path, { tenant })
    await service.mapAndStart(id, { tenant })
    await service.waitFor(id, isCompleted, { tenant })
    return id
  }
  const stuck = await bring('acme')
  const others = [await bring('acme'), await bring('globex')]
  const left = async () =>
    (await queryOnce(adminUrl, 'select id from imports order by id')).map(({ id }) => id)
  await queryOnce(
    adminUrl,
    `create function refuse() returns trigger language plpgsql as
      'begin raise exception ''the disk can not be read''; end';
    create trigger refuse before delete on contacts for each row
      when (old.import_id = '${stuck}') execute function refuse()`,
  )
  await service.call('DELETE', `/imports/${stuck}`)
  await sleep(1_500)
  await service.call('DELETE', `/imports/${others[0]}`)
  await service.call('DELETE', `/imports/${others[1]}`, { tenant: 'globex' })
  const deadline = performance.now() + 10_000
  while ((await left()).length > 1 && performance.now() < deadline) await sleep(50)
  t.strictSame(await left(), [stuck])

  await queryOnce(adminUrl, 'drop trigger refuse on contacts')
  while ((await left()).length > 0 && performance.now() < deadline) await sleep(50)
  t.strictSame(await left(), [])
})
