/** Lines of COPY text leave as they came, in pieces, and are counted once they are encoded. */
import t from 'tap'
import { CopyLines } from '../../../src/imports/run/copy-lines.ts'

t.test('lines leave in their order, once', async t => {
  const lines = new CopyLines()
  lines.add('Żak\n')
  lines.add('Łoś\n')
  t.strictSame(lines.take().map(String), ['Żak\nŁoś\n'])
  lines.add('Kos\n')
  t.strictSame(lines.take().map(String), ['Kos\n'])
})

t.test('long text is encoded in pieces, and their bytes are counted', async t => {
  const lines = new CopyLines()
  lines.add('ą'.repeat(16_383))
  t.equal(lines.bytes, 0)
  lines.add('b')
  t.equal(lines.bytes, 2 * 16_383 + 1)
  lines.add('c'.repeat(16_384))
  t.equal(lines.bytes, 2 * 16_383 + 1 + 16_384)
  lines.add('d')
  const pieces = lines.take()
  t.strictSame(
    pieces.map(({ length }) => length),
    [2 * 16_383 + 1, 16_384, 1],
  )
  t.equal(Buffer.concat(pieces).toString(), `${'ą'.repeat(16_383)}b${'c'.repeat(16_384)}d`)
  t.equal(lines.bytes, 0, 'begins anew')
})
