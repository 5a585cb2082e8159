import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import t from 'tap'

/** Nice value of a thread: the 19th field of its stat, the 17th behind the name in brackets. */
const nicenessOf = (stat: string) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])

t.test(
  'a thread stands back, and no other with it',
  { skip: process.platform !== 'linux' },
  async t => {
    const module = new URL('../../../src/imports/run/thread-priority.ts', import.meta.url)
    const own = () => nicenessOf(readFileSync('/proc/thread-self/stat', 'utf8'))
    const before = own()
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads')
    import(${JSON.stringify(module.href)}).then(({ standBack }) => {
      standBack()
      parentPort.postMessage(require('node:fs').readFileSync('/proc/thread-self/stat', 'utf8'))
    })`,
      { eval: true },
    )
    const stat = await new Promise<string>(resolve => worker.once('message', resolve))
    t.equal(nicenessOf(stat), 5)
    t.equal(own(), before)
  },
)
