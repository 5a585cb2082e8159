import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { Turns } from '../../../src/imports/threads/turns.ts'

const caps = { runningMax: 3, runningPerTenant: 2 }

/** Work that ends when it is told to, and the order in which it began. */
function createScene() {
  const turns = new Turns(caps)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const submit = (tenantId: string, name: string, signal = new AbortController().signal) =>
    turns.take(tenantId, signal, async () => {
      begun.push(name)
      const { promise, resolve } = Promise.withResolvers<void>()
      ends.set(name, resolve)
      await promise
    })
  return {
    begun,
    submit,
    async end(name: string) {
      ends.get(name)!()
      await sleep(1)
    },
  }
}

t.test('a tenant that holds all of its places leaves one to the others', async t => {
  const { begun, submit, end } = createScene()
  const all = [1, 2, 3, 4].map(file => submit('acme', `acme ${file}`))
  await sleep(1)
  t.equal(begun.length, caps.runningPerTenant)
  const other = submit('other', 'other 1')
  await sleep(1)
  t.strictSame(begun, ['acme 1', 'acme 2', 'other 1'], 'begun at once')
  t.equal(begun.length, caps.runningMax)
  const third = submit('third', 'third 1')
  await sleep(1)
  t.equal(begun.length, caps.runningMax, 'no more than may run in all')
  await end('acme 2')
  t.equal(begun.at(-1), 'third 1', 'one that came later and has had no turn goes before')
  for (const name of ['acme 1', 'other 1', 'third 1', 'acme 3', 'acme 4']) await end(name)
  await Promise.all([...all, other, third])
})

t.test('tenants take turns, and files of one tenant go in the order of their coming', async t => {
  const { begun, submit, end } = createScene()
  const all = [
    ...Array.from({ length: 6 }, (_, file) => submit('acme', `acme ${file}`)),
    ...Array.from({ length: 3 }, (_, file) => submit('b', `b ${file}`)),
    ...Array.from({ length: 2 }, (_, file) => submit('c', `c ${file}`)),
  ]
  await sleep(1)
  for (let ended = 0; ended < begun.length; ended += 1) await end(begun[ended]!)
  await Promise.all(all)
  t.strictSame(begun, [
    ...['acme 0', 'acme 1', 'b 0'],
    ...['c 0', 'acme 2', 'b 1', 'c 1', 'acme 3', 'b 2', 'acme 4', 'acme 5'],
  ])
})

t.test('one that is told to stop leaves its line, and work that fails frees its place', async t => {
  const { begun, submit, end } = createScene()
  const running = [submit('acme', 'acme 1'), submit('acme', 'acme 2')]
  const gone = new AbortController()
  const waiting = submit('acme', 'acme 3', gone.signal)
  const reason = new Error('the client is gone')
  gone.abort(reason)
  await t.rejects(waiting, reason)
  await t.rejects(submit('acme', 'acme 4', gone.signal), reason, 'it came too late')
  const last = submit('acme', 'acme 5')
  await end('acme 1')
  t.strictSame(begun, ['acme 1', 'acme 2', 'acme 5'])
  await Promise.all([end('acme 2'), end('acme 5'), ...running, last])

  const turns = new Turns(caps)
  const { signal } = new AbortController()
  const fail = () => turns.take('acme', signal, () => Promise.reject(new Error('no workbook')))
  for (let file = 0; file < 5; file += 1) await t.rejects(fail(), /no workbook/)
  t.equal(await turns.take('acme', signal, async () => 'read'), 'read')
})
