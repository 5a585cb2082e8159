import t from 'tap'
import { RowSet } from '../../../src/imports/stored-rows/row-set.ts'

t.test('holds what was added, also in another thread', async t => {
  const rows = [3, 8, 9, 1_000, 1_048_576]
  const set = RowSet.of([...rows, 8])
  for (const { size, first, last } of [set, new RowSet(structuredClone(set.bits))]) {
    t.strictSame([size, first, last], [5, 3, 1_048_576])
  }
  for (const row of [1, 2, 4, 7, 10, 999, 1_001, 1_048_575, 1_048_577]) t.notOk(set.has(row))
  t.ok(rows.every(row => set.has(row)))
})

t.test('an empty one, and rows that have no room', async t => {
  t.equal(new RowSet().size, 0)
  t.equal(RowSet.of([]).last, 0)
  t.throws(() => new RowSet(7).add(8), RangeError)
  t.throws(() => new RowSet(7).add(0), RangeError)
})
