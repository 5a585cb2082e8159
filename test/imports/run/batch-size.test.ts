import t from 'tap'
import { BatchSize } from '../../../src/imports/run/batch-size.ts'

const size = (firstRows = 1_000) => new BatchSize({ firstRows, rowsMax: 10_000, leaseMs: 8_000 })

t.test('the first batch is as large as it is told to, and never beyond the largest', async t => {
  t.equal(size(1_000).rows, 1_000)
  t.equal(size(20_000).rows, 10_000)
})

t.test('a quick PostgreSQL gets the largest batches at once', async t => {
  const quick = size()
  quick.note(1_000, 15)
  t.equal(quick.rows, 10_000)
})

t.test('a slow one gets as many rows as it takes in a quarter of the lease', async t => {
  const slow = size()
  slow.note(1_000, 4_000)
  t.equal(slow.rows, 500)
  slow.note(500, 2_500)
  t.equal(slow.rows, 400)
})

t.test('one row is the least', async t => {
  const slowest = size()
  slowest.note(10, 80_000)
  t.equal(slowest.rows, 1)
})

t.test('one row that was quick says little of thousands', async t => {
  const careful = size(1)
  careful.note(1, 0.5)
  t.equal(careful.rows, 10)
})

t.test('a batch without rows says nothing', async t => {
  const empty = size()
  empty.note(0, 5_000)
  t.equal(empty.rows, 1_000)
})
