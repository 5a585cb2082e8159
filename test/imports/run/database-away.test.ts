import t from 'tap'
import { loadConfig } from '../../../src/config.ts'
import { signToken } from '../../../src/http/sign-token.ts'
import { createLogger } from '../../../src/log.ts'
import { startService } from '../../../src/wire.ts'
import { startOwnPostgres } from '../../support/own-servers.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'

const secret = 'a secret of the tests, longer than thirty-two bytes'

t.test('without PostgreSQL a call answers 503, and goes on once it is back', async t => {
  const postgres = await startOwnPostgres(t)
  const config = loadConfig({
    DATABASE_URL: postgres.url,
    NATS_URL: 'off',
    AUTH_SECRET: secret,
    PORT: '0',
    SCRATCH_DIR: makeScratchFolder(t),
  })
  const service = await startService({ config, databaseUrl: postgres.url }, createLogger('silent'))
  t.teardown(() => service.close())
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 600,
  })
  const list = async () => {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${service.url}/v1/imports`, { headers })
    const { code } = (await response.json()) as { code?: string }
    return { status: response.status, code }
  }
  const ready = async () => (await fetch(`${service.url}/readyz`)).status

  t.match(await list(), { status: 200 })
  await postgres.killOutright()
  t.match(await list(), { status: 503, code: 'service-unavailable' })
  t.equal(await ready(), 503)
  t.equal((await fetch(`${service.url}/livez`)).status, 200)
  await postgres.start()
  while ((await ready()) !== 200) {}
  t.match(await list(), { status: 200 })
})
