/** Batches account for each of their rows: those that came, and those between them that did not. */
import fc from 'fast-check'
import t from 'tap'
import { BatchBuilder } from '../../../src/imports/run/batch-builder.ts'
import { batchBytesMax } from '../../../src/limits.ts'
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

t.test(
  'a batch holds the lines and the counts of its rows, and the next one none of them',
  async t => {
    const issue = {
      column: 3,
      field: 'phone',
      code: 'phone-invalid',
      outcome: 'blanked',
      value: '12',
    } as const
    const builder = new BatchBuilder(2)
    builder.add(2, { kind: 'contact', values: ['Nowak'], issues: [issue, issue] })
    builder.add(3, { kind: 'rejected', issues: [{ ...issue, outcome: 'rejected' }] })
    const { contacts, issues, ...batch } = builder.take()
    t.match(batch, { fromRow: 2, nextRow: 4, created: 1, rejected: 1, skipped: 0, issueCount: 3 })
    t.match(Buffer.concat(contacts).toString(), /^2.*Nowak.*\n$/)
    t.match(
      Buffer.concat(issues).toString(),
      /^2.*3.*phone-invalid.*blanked.*12\n2.*\n3.*rejected.*\n$/,
    )
    const next = builder.take()
    t.match(next, { fromRow: 4, nextRow: 4, created: 0, rejected: 0, skipped: 0, issueCount: 0 })
    t.equal(Buffer.concat([...next.contacts, ...next.issues]).length, 0)
  },
)

t.test(
  'a batch is full by its rows or by its bytes, those of contacts and of issues together',
  async t => {
    const builder = new BatchBuilder(2)
    builder.add(2, contact)
    t.equal(builder.holds(2), false)
    builder.add(3, contact)
    t.equal(builder.holds(2), true)
    builder.take()
    t.equal(builder.holds(1), false, 'begins anew')
    const half = 'x'.repeat(batchBytesMax / 2)
    builder.add(4, { kind: 'contact', values: [half], issues: [] })
    t.equal(builder.holds(9), false)
    const issue = { column: 1, field: 'notes', code: 'text-too-long', outcome: 'blanked' } as const
    builder.add(5, { kind: 'contact', values: [half], issues: [{ ...issue, value: half }] })
    t.equal(builder.holds(9), true)
  },
)

t.test('a row that comes twice, or too late, is refused', async t => {
  const builder = new BatchBuilder(2)
  builder.add(3, contact)
  t.throws(() => builder.add(3, contact), { message: 'row 3 came after row 3' })
  t.throws(() => builder.add(2, contact), { message: 'row 2 came after row 3' })
})
