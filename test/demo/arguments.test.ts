/** The command line is read strictly; a sheet that cannot be read is told before anything starts. */
import { join } from 'node:path'
import t from 'tap'
import { readArguments } from '../../src/demo/arguments.ts'

t.test('flag and file, in any order', async t => {
  const path = join(t.testdir({ 'Klienci.xlsx': '' }), 'Klienci.xlsx')
  t.strictSame(readArguments([]), { exit: false, sheetPath: null })
  t.strictSame(readArguments(['--exit', path]), { exit: true, sheetPath: path })
  t.strictSame(readArguments([path, '--exit']), { exit: true, sheetPath: path })
})

t.test('what it does not understand or cannot read', async t => {
  const folder = t.testdir({ 'a.xlsx': '', 'b.xlsx': '' })
  const [a, b] = [join(folder, 'a.xlsx'), join(folder, 'b.xlsx')]
  t.throws(() => readArguments(['--quick']), { message: 'usage' })
  t.throws(() => readArguments([a, b]), { message: 'usage' })
  t.throws(() => readArguments([join(folder, 'none.xlsx')]), { message: 'file-unreadable' })
  t.throws(() => readArguments([folder]), { message: 'file-unreadable' })
})
