/** The list of guards that are taken out one by one goes with the code: `npm run mutants` takes far longer than the suite. */
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { guards } from './guards.ts'

t.test('each guard stands in its file once, and its tests are there', async t => {
  for (const { name, file, find, tests } of guards) {
    t.equal(readFileSync(file, 'utf8').split(find).length - 1, 1, `${name} (${file})`)
    t.ok(tests.length > 0 && tests.every(test => existsSync(test)), `tests of ${name}`)
  }
  t.equal(new Set(guards.map(({ name }) => name)).size, guards.length, 'under names of their own')
})
