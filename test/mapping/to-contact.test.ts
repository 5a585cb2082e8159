import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { contactFieldKeys } from '../../src/contracts/contact-fields.ts'
import { issueValueCharactersMax } from '../../src/limits.ts'
import type { SheetCell } from '../../src/mapping/cell.ts'
import { prepareRowMapper } from '../../src/mapping/to-contact.ts'
import { holdsForAll } from './holds-for-all.ts'
import { booleanCell, dateCell, errorCell, numberCell, stringCell } from './normalise/cells.ts'

const row = (...cells: SheetCell[]) => ({ number: 2, cells })

const mapper = prepareRowMapper({
  columns: [
    { column: 5, field: 'phone' },
    { column: 2, field: 'lastName' },
    { column: 3, field: 'postalCode' },
    { column: 7, field: 'notes' },
  ],
  region: 'PL',
})

t.test('values stand in the order of the fields, whatever the order of the columns', async t => {
  t.same(
    mapper.fields.map(({ key }) => key),
    ['lastName', 'phone', 'postalCode', 'notes'],
  )
  const cells = [
    stringCell('not mapped', 1),
    stringCell(' Nowak ', 2),
    stringCell('00-950', 3),
    numberCell(48501234567, 5),
    errorCell('#N/A', 9),
  ]
  t.same(mapper.map(row(...cells)), {
    kind: 'contact',
    values: ['Nowak', '+48501234567', '00-950', null],
  })
})

t.test('any cell has a text', async t => {
  const notes = (cell: SheetCell) => mapper.map(row({ ...cell, column: 7 }))
  const contact = (text: string) => ({ kind: 'contact', values: [null, null, null, text] })
  t.same(notes(numberCell(950)), contact('950'), 'lost zeros are not made up')
  t.same(notes(numberCell(1.5)), contact('1.5'))
  t.same(notes(booleanCell(true)), contact('TRUE'))
  t.same(notes(dateCell('2024-05-01T08:15:00')), contact('2024-05-01 08:15:00'))
})

t.test('a row without a mapped value is skipped', async t => {
  t.same(mapper.map(row()), { kind: 'skipped' })
  t.same(mapper.map(row(stringCell('x', 1), stringCell('y', 900))), { kind: 'skipped' })
  t.same(mapper.map(row(stringCell(' \u00a0', 2), stringCell('', 5))), { kind: 'skipped' })
})

t.test('one invalid value rejects the row; every one is told', async t => {
  const cells = [
    stringCell('Now\0ak', 2),
    errorCell('#REF!', 3),
    stringCell('brak', 5),
    stringCell('fine', 7),
  ]
  t.same(mapper.map(row(...cells)), {
    kind: 'rejected',
    issues: [
      { column: 2, field: 'lastName', code: 'text-invalid', value: 'Now\u2400ak' },
      { column: 3, field: 'postalCode', code: 'cell-error', value: '#REF!' },
      { column: 5, field: 'phone', code: 'phone-invalid', value: 'brak' },
    ],
  })
  t.equal(mapper.map(row(errorCell('#N/A', 2))).kind, 'rejected', 'an error is a value')
})

t.test('the value of an issue is cut between characters and can be stored', async t => {
  const issueValueOf = (text: string) => {
    const mapped = mapper.map(row(stringCell(text, 5)))
    return mapped.kind === 'rejected' ? mapped.issues[0]!.value : assert.fail('not rejected')
  }
  t.equal(issueValueOf('x'.repeat(50_000)), 'x'.repeat(issueValueCharactersMax))
  t.equal(
    issueValueOf(`x${'😀'.repeat(50_000)}`),
    `x${'😀'.repeat(issueValueCharactersMax / 2 - 1)}`,
  )
  t.equal(issueValueOf('a\ud800b'), 'a\ufffdb')
})

t.test('a mapping that must have been refused before', async t => {
  const prepare = (columns: { column: number; field: string }[], region = 'PL') => {
    return () => prepareRowMapper({ columns, region })
  }
  t.throws(prepare([{ column: 1, field: 'shoeSize' }]), RangeError)
  t.throws(prepare([{ column: 1, field: 'phone' }], 'XX'), RangeError)
  t.throws(
    prepare([
      { column: 1, field: 'phone' },
      { column: 2, field: 'phone' },
    ]),
    RangeError,
  )
  t.throws(
    prepare([
      { column: 1, field: 'phone' },
      { column: 1, field: 'email' },
    ]),
    RangeError,
  )
})

t.test('any row: judged, and a contact read again gives itself', async t => {
  const all = prepareRowMapper({
    columns: contactFieldKeys.map((field, index) => ({ column: index + 1, field })),
    region: 'PL',
  })
  const column = fc.integer({ min: 1, max: contactFieldKeys.length + 2 })
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('501234567', 'a@b.pl', '31.12.1990', 'K', ' x '),
  )
  const cell: fc.Arbitrary<SheetCell> = fc.oneof(
    fc.tuple(text, column).map(([value, at]) => stringCell(value, at)),
    fc.tuple(fc.double(), column).map(([value, at]) => numberCell(value, at)),
    fc.tuple(fc.boolean(), column).map(([value, at]) => booleanCell(value, at)),
  )
  holdsForAll(
    t,
    fc.property(fc.array(cell, { maxLength: 6 }), cells => {
      const mapped = all.map(row(...cells))
      if (mapped.kind !== 'contact') return
      assert.equal(mapped.values.length, all.fields.length)
      const again = mapped.values.flatMap((value, index) => {
        return value === null ? [] : [stringCell(value, index + 1)]
      })
      assert.deepEqual(all.map(row(...again)), mapped)
    }),
    { numRuns: 3000 },
  )
})
