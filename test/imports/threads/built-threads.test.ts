/** Every thread that the service starts is a file of the bundle, too, and is started from there. */
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { builtFile } from '../../support/built-service.ts'

const src = fileURLToPath(new URL('../../../src', import.meta.url))

const threads = globSync('**/*.ts', { cwd: src }).flatMap(path =>
  [
    ...readFileSync(join(src, path), 'utf8').matchAll(/new URL\('(.*)\.ts', import\.meta\.url\)/g),
  ].map(([, name]) => basename(name!)),
)

t.test('the bundle has a file for each thread, and names no other', async t => {
  t.ok(threads.length >= 4)
  const dist = dirname(builtFile('main.js'))
  const code = globSync('*.js', { cwd: dist }).map(name => readFileSync(join(dist, name), 'utf8'))
  for (const name of threads) {
    t.match(readFileSync(builtFile(`${name}.js`), 'utf8'), /\S/, name)
    t.ok(
      code.some(text => text.includes(`new URL("./${name}.js"`)),
      `${name} is started`,
    )
  }
  t.notOk(code.some(text => /new URL\("\.\/[^"]+\.ts", import\.meta\.url\)/.test(text)))
})
