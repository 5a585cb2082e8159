/** Batches account for each of their rows: those that came, and those between them that did not. */
import fc from 'fast-check'
import t from 'tap'
import { BatchBuilder } from '../../../src/imports/run/batch-builder.ts'
import type { MappedRow } from '../../../src/mapping/to-contact.ts'

const contact: MappedRow = { kind: 'contact', values: ['Nowak'], issues: [] }
const skipped: MappedRow = { kind: 'skipped' }
const rejected: MappedRow = { kind: 'rejected', issues: [] }

t.test('an empty stretch is one range, whatever its rows', async t => {
  const builder = new BatchBuilder(2)
  builder.add(4, contact)
  builder.add(5, skipped)
  builder.add(7, skipped)
  builder.add(8, rejected)
  t.strictSame(builder.take().skippedRows, [
    [2, 4],
    [5, 8],
  ])
  builder.add(1_000_000, contact)
  const last = builder.take(1_000_005)
  t.strictSame(last.skippedRows, [
    [9, 1_000_000],
    [1_000_001, 1_000_005],
  ])
  t.strictSame(builder.take(1_000_005).skippedRows, [])
})

t.test('each row of a batch is counted once', async () => {
  const rows = fc.array(
    fc.tuple(fc.nat(3), fc.constantFrom('contact', 'skipped', 'rejected', 'end')),
  )
  fc.assert(
    fc.property(rows, steps => {
      const builder = new BatchBuilder(2)
      const came = new Set<number>()
      let row = 1
      const judge = ({ fromRow, nextRow, ...batch }: ReturnType<BatchBuilder['take']>) => {
        const left = batch.skippedRows.flatMap(([from, behind]) =>
          Array.from({ length: behind - from }, (_, at) => from + at),
        )
        const expected = []
        for (let at = fromRow; at < nextRow; at += 1) if (!came.has(at)) expected.push(at)
        return left.length === batch.skipped && left.join() === expected.join()
      }
      for (const [gap, kind] of steps) {
        row += 1 + gap
        if (kind === 'end') {
          if (!judge(builder.take(row + 1))) return false
          continue
        }
        if (kind !== 'skipped') came.add(row)
        builder.add(row, { contact, skipped, rejected }[kind])
      }
      return judge(builder.take())
    }),
  )
})
