/** `npm run demo` as a person runs it: the whole path in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { writeSheet } from '../../src/sample/sheet-writer.ts'
import { builtFile } from '../support/built-service.ts'
import { childEnvironment } from '../support/child-environment.ts'
import { createTestDatabase } from '../support/database.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { sharedServers } from '../support/servers.ts'

const script = builtFile('demo.js')

t.test('imports the sample sheet whole and ends', async t => {
  const { stdout, stderr, status } = await runToEnd(await startDemo(t, ['--exit']))
  t.equal(status, 0, stderr)
  t.match(stdout, '20,000 Polish contacts in 12 columns')
  t.match(stdout, '12 of 12 columns')
  t.match(stdout, /\[█{28}\] {2}100 %/)
  t.match(
    stdout,
    '20,000 total = 20,000 created + 0 updated + 0 skipped + 0 rejected + 0 remaining',
  )
  t.match(stdout, /[\d,]+ rows per second/)
  t.match(stdout, '2  Joanna Sęk')
})

t.test('goes on to its end when nobody reads any more', async t => {
  const child = await startDemo(t, ['--exit'])
  child.stdout!.destroy()
  const [said, [status]] = await Promise.all([text(child.stderr!), once(child, 'close')])
  t.equal(status, 0, said)
})

t.test('imports a given sheet, naming the columns it left and the rows it refused', async t => {
  const path = join(t.testdir(), 'Klienci.xlsx')
  await writeSheet(createWriteStream(path), [
    ['Nazwisko', 'Telefon', 'Ulubiony kolor'],
    ['Żak', 48501234567, 'zielony'],
    ['Łoś', '12', 'żółty'],
    [null, null, 'siny'],
  ])
  const { stdout, status } = await runToEnd(await startDemo(t, ['--exit', path]))
  t.equal(status, 0)
  t.match(stdout, '2 of 3 columns')
  t.match(stdout, /not recognised.*Ulubiony kolor/)
  t.match(stdout, '3 total = 1 created + 0 updated + 1 skipped + 1 rejected + 0 remaining')
  t.match(stdout, 'B3: "12"')
})

t.test('prints commands that work, and serves until Ctrl-C', async t => {
  const path = join(t.testdir(), "Kontakty d'Artagnana.xlsx")
  await writeSheet(createWriteStream(path), [['Nazwisko'], ['Żółw'], ['Kos']])
  const demo = await startDemo(t, [path])
  const printed = await readUntil(demo, 'Serving until Ctrl-C.')
  const commands = printed.match(/^ {2}(TOKEN=|curl ).*$/gm) ?? []
  t.equal(commands.length, 5)
  const shell = spawn('sh', ['-ec', commands.join('\necho\n').replaceAll('curl -s', 'curl -sf')])
  const [answers, [shellStatus]] = await Promise.all([text(shell.stdout), once(shell, 'close')])
  t.equal(shellStatus, 0)
  t.match(answers, '"lastName":"Żółw"')
  t.equal(answers.match(/"status":"uploaded"/g)?.length, 1)
  t.match(answers, '"status":"deleting"')
  // npm and the terminal both send it.
  demo.kill('SIGINT')
  demo.kill('SIGINT')
  const [status] = await once(demo, 'close')
  t.equal(status, 0)
})

t.test('a fault is one line and exit code 1', async t => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  t.teardown(() => blocker.close())
  const { port } = blocker.address() as { port: number }
  const folder = t.testdir({ 'not.xlsx': 'plain text' })
  const faults: [string[], Record<string, string>, RegExp][] = [
    [['none.xlsx'], {}, /none\.xlsx cannot be read/],
    [['--fast'], {}, /Usage/],
    [[join(folder, 'not.xlsx')], {}, /not .*xlsx/i],
    [['--exit'], { PORT: String(port) }, new RegExp(`port ${port} on 127.0.0.1 is taken`)],
    [['--exit'], { PORT: 'http' }, /PORT/],
  ]
  for (const [words, environment, message] of faults) {
    const { stderr, status } = await runToEnd(await startDemo(t, words, environment))
    t.equal(status, 1, words.join(' '))
    t.match(stderr, message)
    t.equal(stderr.trim().split('\n').length, 1, stderr)
  }
})

async function startDemo(
  t: Test,
  words: string[],
  environment: Record<string, string> = {},
): Promise<ChildProcess> {
  const { url } = await createTestDatabase(t)
  const { nats } = await sharedServers()
  const demo = spawn(process.execPath, [script, ...words], {
    env: {
      ...childEnvironment,
      LC_ALL: 'en_US.UTF-8',
      DATABASE_URL: url,
      NATS_URL: nats?.url ?? 'off',
      AUTH_SECRET: 'a secret of the test, long enough for HS256',
      PORT: '0',
      DATA_DIR: makeScratchFolder(t),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => demo.kill('SIGKILL'))
  return demo
}

async function runToEnd(demo: ChildProcess) {
  const [stdout, stderr, [status]] = await Promise.all([
    text(demo.stdout!),
    text(demo.stderr!),
    once(demo, 'close') as Promise<[number | null]>,
  ])
  return { stdout, stderr, status }
}

/** What was printed up to and with `mark`, or all of it when the demo ends before. */
async function readUntil(demo: ChildProcess, mark: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let printed = ''
  demo.stdout!.setEncoding('utf8').on('data', chunk => {
    printed += chunk
    if (printed.includes(mark)) resolve(printed)
  })
  demo.once('close', () => resolve(printed))
  return promise
}
