import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Mapping } from '../../src/contracts/mapping.ts'
import { issueValueCharactersMax } from '../../src/limits.ts'
import type { NumberDoubt, SheetCell } from '../../src/mapping/cell.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import type { RowMapper } from '../../src/mapping/to-contact.ts'
import { contactFieldKeys, prepareMapper } from '../support/built-in-catalogue.ts'
import { holdsForAll } from './holds-for-all.ts'
import { booleanCell, dateCell, errorCell, numberCell, stringCell } from './normalise/cells.ts'

const columns = [
  { column: 5, field: 'phone' },
  { column: 2, field: 'lastName' },
  { column: 3, field: 'postalCode' },
  { column: 7, field: 'notes' },
]

const row = (...cells: SheetCell[]) => ({ number: 2, cells })

/** Maps one row; gives what became of it and its findings in short: `outcome code cell → result`. */
function mapWith(mapper: RowMapper, ...cells: SheetCell[]) {
  const tally = new FindingsTally()
  const mapped = mapper.map(row(...cells), tally)
  const findings = tally
    .findings()
    .map(({ outcome, code, cells: [at] }) => `${outcome} ${code} ${at!.cell} → ${at!.result}`)
  return { mapped, findings }
}

const mapper = prepareMapper(columns)
const map = (...cells: SheetCell[]) => mapWith(mapper, ...cells)
const mapBy = (choices: Partial<Mapping>, ...cells: SheetCell[]) =>
  mapWith(prepareMapper(columns, choices), ...cells)

const phone = stringCell('501234567', 5)

t.test('values stand in the order of the fields, whatever the order of the columns', async t => {
  const keys = ['lastName', 'phone', 'phone2', 'phone3', 'postalCode', 'notes']
  t.same(
    mapper.fields.map(({ key }) => key),
    keys,
    'free phones are there for further numbers',
  )
  const cells = [
    stringCell('not mapped', 1),
    stringCell(' Nowak ', 2),
    stringCell('00-950', 3),
    numberCell(48501234567, 5),
    errorCell('#N/A', 9),
  ]
  t.same(map(...cells), {
    mapped: {
      kind: 'contact',
      values: ['Nowak', '+48501234567', null, null, '00-950', null],
      issues: [],
    },
    findings: [],
  })
})

t.test('any cell has a text', async t => {
  const notes = (cell: SheetCell) => {
    const { mapped } = map(phone, { ...cell, column: 7 })
    return mapped.kind === 'contact' ? mapped.values[5] : assert.fail(mapped.kind)
  }
  t.equal(notes(numberCell(950)), '950', 'lost zeros are not made up')
  t.equal(notes(numberCell(1.5)), '1.5')
  t.equal(notes(booleanCell(true)), 'TRUE')
  t.equal(notes(dateCell('2024-05-01T08:15:00')), '2024-05-01 08:15:00')
  t.equal(notes({ ...numberCell(0.25), shown: '25%' } as SheetCell), '25%')
})

t.test('a number cell of which nobody knows what it shows is refused in text, too', async t => {
  const long = { column: 7, type: 'number', value: 1e17, text: '100000000000000000' } as const
  const findings = (doubt: NumberDoubt) => map(phone, { ...long, doubt }).findings
  t.same(findings('format-unknown'), ['blanked format-unknown G2 → null'])
  t.same(findings('digits-lost'), ['blanked digits-lost G2 → null'])
  const noted = 'noted digits-beyond-excel G2 → 100000000000000000'
  t.same(findings('digits-beyond-excel'), [noted])
})

t.test('a row without a mapped value is skipped', async t => {
  const skipped = { mapped: { kind: 'skipped' }, findings: [] }
  t.same(map(), skipped)
  t.same(map(stringCell('x', 1), stringCell('y', 900)), skipped)
  t.same(map(stringCell(' \u00a0', 2), stringCell('', 5)), skipped)
  t.same(mapBy({ required: ['phone'] }), skipped, 'nothing is required of an empty row')
})

t.test('a refused cell is left out and listed, and its row comes in', async t => {
  const { mapped, findings } = map(stringCell('Now\0ak', 2), errorCell('#REF!', 3), phone)
  t.same(mapped, {
    kind: 'contact',
    values: [null, '+48501234567', null, null, null, null],
    issues: [
      {
        column: 2,
        field: 'lastName',
        code: 'text-invalid',
        outcome: 'blanked',
        value: 'Now\u2400ak',
      },
      {
        column: 3,
        field: 'postalCode',
        code: 'cell-error',
        outcome: 'blanked',
        value: '#REF!',
      },
    ],
  })
  t.same(findings, ['blanked text-invalid B2 → null', 'blanked cell-error C2 → null'])
})

t.test('a row is rejected when every way to reach its person was refused', async t => {
  const both = prepareMapper([...columns, { column: 6, field: 'email' }])
  const bad = stringCell('50123', 5)
  const name = stringCell('Nowak', 2)
  t.match(mapWith(both, name, bad), {
    mapped: { kind: 'rejected', issues: [{ code: 'phone-invalid', outcome: 'rejected' }] },
    findings: ['rejected phone-invalid E2 → null'],
  })
  const rejected = mapWith(both, name, bad, stringCell('a@', 6)).mapped
  t.match(rejected, {
    kind: 'rejected',
    issues: [{ code: 'phone-invalid' }, { code: 'email-invalid' }],
  })
  t.match(mapWith(both, name, bad, stringCell('a@b.pl', 6)).mapped, {
    kind: 'contact',
    issues: [{ code: 'phone-invalid', outcome: 'blanked' }],
  })
  t.equal(map(errorCell('#N/A', 2)).mapped.kind, 'rejected', 'nothing is left of the row')
})

t.test('by the wish of the mapping one refused cell rejects its row', async t => {
  const { mapped } = mapBy({ invalidValues: 'reject' }, errorCell('#REF!', 3), phone)
  t.match(mapped, { kind: 'rejected', issues: [{ code: 'cell-error', outcome: 'rejected' }] })
})

t.test('a formula without a result is refused, and its row counts', async t => {
  const uncalculated = (column: number) => ({ column, type: 'uncalculated' }) as const
  t.match(map(uncalculated(5)).mapped, {
    kind: 'rejected',
    issues: [{ column: 5, code: 'formula-not-calculated', value: '' }],
  })
  t.match(map(phone, uncalculated(7)).mapped, {
    kind: 'contact',
    issues: [{ column: 7, code: 'formula-not-calculated', outcome: 'blanked' }],
  })
})

t.test('a picture or a linked data type without a text is refused', async t => {
  const { mapped, findings } = map({ column: 2, type: 'rich', value: '#VALUE!' }, phone)
  t.match(mapped, {
    kind: 'contact',
    issues: [{ column: 2, code: 'rich-value-unknown', outcome: 'blanked', value: '#VALUE!' }],
  })
  t.same(findings, ['blanked rich-value-unknown B2 → null'])
})

t.test('a row without a valid value in a required field is rejected', async t => {
  const required = (...cells: SheetCell[]) =>
    mapBy({ required: ['lastName', 'postalCode'] }, phone, ...cells)
  t.equal(required(stringCell('Nowak', 2), stringCell('00-950', 3)).mapped.kind, 'contact')
  t.same(required(stringCell(' ', 3)), {
    mapped: {
      kind: 'rejected',
      issues: [
        { column: 2, field: 'lastName', code: 'value-missing', outcome: 'rejected', value: '' },
        { column: 3, field: 'postalCode', code: 'value-missing', outcome: 'rejected', value: '' },
      ],
    },
    findings: ['rejected value-missing B2 → null', 'rejected value-missing C2 → null'],
  })
  t.match(required(stringCell('Nowak', 2), errorCell('#N/A', 3)).mapped, {
    kind: 'rejected',
    issues: [{ column: 3, code: 'cell-error', outcome: 'rejected' }],
  })
})

t.test('a number stands once in a contact', async t => {
  const three = prepareMapper(
    ['phone', 'phone2', 'phone3', 'email', 'email2'].map((field, at) => ({
      column: at + 1,
      field,
    })),
  )
  const { mapped, findings } = mapWith(
    three,
    stringCell('501234567', 1),
    stringCell('+48 501 234 567', 2),
    numberCell(501234567, 3),
    stringCell('a@b.pl', 4),
    stringCell('A@b.pl', 5),
  )
  t.match(mapped, { kind: 'contact', values: ['+48501234567', null, null, 'a@b.pl', null] })
  t.same(findings, [
    'repaired value-repeated B2 → null',
    'repaired value-repeated C2 → null',
    'repaired value-repeated E2 → null',
  ])
})

t.test('a contact that nobody can reach is noted', async t => {
  t.match(map(stringCell('Nowak', 2)), {
    mapped: { kind: 'contact' },
    findings: ['noted contact-unreachable null → null'],
  })
})

t.test('the value of an issue is cut between characters and can be stored', async t => {
  const issueValueOf = (text: string) => {
    const { mapped } = map(stringCell(text, 5))
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
  const prepare = (columns: Mapping['columns'], region = 'PL') => {
    return () => prepareMapper(columns, { region })
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

t.test('any row: judged, every cell told once, and a contact read again gives itself', async t => {
  const all = prepareMapper(contactFieldKeys.map((field, index) => ({ column: index + 1, field })))
  const column = fc.integer({ min: 1, max: contactFieldKeys.length + 2 })
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('501234567', 'a@b.pl', '31.12.1990', 'K', ' x '),
  )
  const cell: fc.Arbitrary<SheetCell> = fc.oneof(
    fc.tuple(text, column).map(([value, at]) => stringCell(value, at)),
    fc.tuple(fc.double({ noNaN: true }), column).map(([value, at]) => numberCell(value, at)),
    fc.tuple(fc.boolean(), column).map(([value, at]) => booleanCell(value, at)),
  )
  const cells = fc.uniqueArray(cell, { maxLength: 6, selector: ({ column: at }) => at })
  holdsForAll(
    t,
    fc.property(cells, cells => {
      const tally = new FindingsTally()
      const mapped = all.map(row(...cells), tally)
      const told = tally.findings().filter(({ column: at }) => at !== null)
      const count = told.reduce((sum, finding) => sum + finding.count, 0)
      assert.equal(new Set(told.map(({ column: at }) => at)).size, count)
      if (mapped.kind !== 'contact') return
      assert.equal(mapped.values.length, all.fields.length)
      const again = mapped.values.flatMap((value, index) => {
        return value === null ? [] : [stringCell(value, index + 1)]
      })
      const { mapped: reread } = mapWith(all, ...again)
      assert.deepEqual(reread, { ...mapped, issues: [] })
    }),
    { numRuns: 3000 },
  )
})

t.test('numbers without a calling code are read in the country that the row names', async t => {
  const withCountry = prepareMapper([...columns, { column: 1, field: 'country' }])
  const phoneOf = (country: string, number: string) => {
    const { mapped } = mapWith(withCountry, stringCell(country, 1), stringCell(number, 5))
    return mapped.kind === 'contact' ? mapped.values[1] : mapped.kind
  }
  t.equal(phoneOf('Ukraina', '067 123 45 67'), '+380671234567')
  t.equal(phoneOf('Deutschland', '0151 12345678'), '+4915112345678')
  t.equal(phoneOf('CZ', '601 123 456'), '+420601123456')
  t.equal(phoneOf('Polska', '601 123 456'), '+48601123456')
  t.equal(phoneOf('?', '601 123 456'), '+48601123456', 'no country: the region of the mapping')
  t.equal(phoneOf('Niemcy', '+48 601 123 456'), '+48601123456')
})

t.test('a hidden row is imported and noted, or left out and noted', async t => {
  const read = (hiddenRows: 'import' | 'skip') => {
    const tally = new FindingsTally()
    const hidden = { number: 2, hidden: true, cells: [phone] }
    const { kind } = prepareMapper(columns, { hiddenRows }).map(hidden, tally)
    return [kind, ...tally.findings().map(({ outcome, code }) => `${outcome} ${code}`)]
  }
  t.same(read('import'), ['contact', 'noted row-hidden'])
  t.same(read('skip'), ['skipped', 'noted row-hidden'])
})
