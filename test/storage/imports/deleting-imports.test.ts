/** One file says in SQL which imports are being deleted: a list with a spelling of its own would forget the next change. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const root = join(import.meta.dirname, '../../../src')

t.test('no other statement spells the condition', async t => {
  const places = globSync('{storage,contacts,imports,jobs,events}/**/*.ts', { cwd: root }).filter(
    path => /status\s*(=|<>|!=)\s*'deleting'/.test(readFileSync(join(root, path), 'utf8')),
  )
  t.strictSame(places, ['storage/imports/deleting-imports.ts'])
})
