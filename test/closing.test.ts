import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import t from 'tap'
import { Closing } from '../src/closing.ts'

function prepare() {
  const lines: { part?: string }[] = []
  const log = pino({ level: 'error' }, { write: line => lines.push(JSON.parse(line)) })
  return { closing: new Closing(log, { workMs: 200, resourcesMs: 100 }), lines }
}

t.test('a part that fails or hangs neither skips nor delays the others', async t => {
  const { closing, lines } = prepare()
  const closed: string[] = []
  const close = (name: string) => async () => {
    closed.push(name)
  }
  closing.addResource('pool', close('pool'))
  closing.addResource('folder', () => Promise.reject(new Error('it is busy')))
  closing.addWork('relay', close('relay'))
  closing.addWork('runner', () => new Promise(() => {}))
  closing.addWork('server', () => {
    throw new Error('it was never open')
  })
  closing.addWork('purger', close('purger'))
  t.equal(closing.announced, false)
  const begun = performance.now()
  const ending = closing.run()
  t.equal(closing.announced, true)
  t.strictSame(closed, ['relay', 'purger'], 'at once')
  await t.rejects(ending, { message: 'not closed: runner, server, folder' })
  t.strictSame(closed, ['relay', 'purger', 'pool'])
  t.ok(performance.now() - begun < 2_000)
  t.strictSame(
    lines.map(({ part }) => part),
    ['server', 'runner', 'folder'],
  )
  t.equal(closing.run(), ending, 'once')
})

t.test('what is worked with is closed after all work has ended', async t => {
  const { closing } = prepare()
  const order: string[] = []
  closing.addResource('pool', async () => {
    order.push('pool')
  })
  closing.addWork('runner', async () => {
    await sleep(50)
    order.push('runner')
  })
  await closing.run()
  t.strictSame(order, ['runner', 'pool'])
})
