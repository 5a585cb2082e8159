/** Old events go, whatever broker there is: with one, with none for good, and with none that could be found. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { loadConfig } from '../../src/config.ts'
import { startService } from '../../src/wire.ts'
import { createTestDatabase } from '../support/database.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { sharedNatsUrl } from '../support/servers.ts'
import { secret } from '../support/service.ts'

const brokers: Record<string, { setting?: string; found?: boolean }> = {
  'a broker': { found: true },
  'no broker for good': { setting: 'off' },
  'no broker configured and none found': {},
}

for (const [name, { setting, found }] of Object.entries(brokers)) {
  t.test(`retention ends with ${name}`, async t => {
    const database = await createTestDatabase(t)
    const writer = await openOutboxWriter(t, database.url)
    const id = await writer.createImport('acme')
    await writer.writeMany('acme', id, 20)
    await queryOnce(
      database.adminUrl,
      `update outbox set created_at = now() - interval '8 days',
        published_at = case when $1 then now() - interval '8 days' end where seq <= 15`,
      [found === true],
    )
    const config = loadConfig({
      DATABASE_URL: database.url,
      ...(setting !== undefined && { NATS_URL: setting }),
      AUTH_SECRET: secret,
      PORT: '0',
      SCRATCH_DIR: makeScratchFolder(t),
      LOG_LEVEL: 'silent',
    })
    const natsUrl = found ? await sharedNatsUrl() : undefined
    const service = await startService({ config, databaseUrl: database.url, natsUrl })
    t.teardown(() => service.close())
    const left = async () => {
      const rows = await queryOnce(database.adminUrl, 'select seq from outbox order by seq')
      return rows.map(({ seq }) => seq)
    }
    while ((await left()).length > 5) await sleep(50)
    t.strictSame(await left(), [16, 17, 18, 19, 20])
  })
}
