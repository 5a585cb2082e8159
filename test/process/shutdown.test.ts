/** How the service ends: by signals, in a process of its own. */
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { signToken } from '../../src/http/sign-token.ts'
import { createTestDatabase } from '../support/database.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { secret } from '../support/service.ts'
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

t.test('Ctrl-C below npm comes twice and counts once', async t => {
  const { child, lines } = await startMain(t)
  const closed = once(child, 'close')
  child.kill('SIGINT')
  child.kill('SIGINT')
  t.same((await closed)[0], 0, 'ends in good order', { lines })
  t.equal(lines.filter(line => line.includes('closing on SIGINT')).length, 1)
})

t.test('SIGTERM ends open event streams too', async t => {
  const service = await startMain(t)
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 600,
  })
  const stream = await fetch(`${service.url}/v1/imports/events`, {
    headers: { authorization: `Bearer ${token}` },
  })
  t.equal(stream.status, 200)
  const rest = stream.text()
  t.equal(await service.stop(), 0, 'ends in good order', { lines: service.lines })
  t.match(await rest, /^retry: /, 'the stream ended, it was not cut')
})

async function startMain(t: Test): Promise<ServiceProcess> {
  const { url } = await createTestDatabase(t)
  return startServiceProcess(t, {
    command: [process.execPath, 'src/main.ts'],
    cwd: root,
    env: {
      DATABASE_URL: url,
      NATS_URL: 'off',
      AUTH_SECRET: secret,
      SCRATCH_DIR: makeScratchFolder(t),
      PORT: '0',
    },
  })
}
