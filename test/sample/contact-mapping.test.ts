/** A sample sheet imports as a whole: every header is recognised, every row becomes a contact. */
import t from 'tap'
import type { SheetCell } from '../../src/mapping/cell.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { suggestMapping } from '../../src/mapping/match-headers.ts'
import { contactColumns, contactRows } from '../../src/sample/contact-rows.ts'
import type { SheetValue } from '../../src/sample/sheet-writer.ts'
import { catalogue, prepareMapper } from '../support/built-in-catalogue.ts'

const suggested = suggestMapping(
  contactColumns.map(column => column.header),
  catalogue,
)

t.test('every header is recognised for what it is', async t => {
  t.strictSame(
    suggested.map(suggestion => suggestion.field),
    contactColumns.map(column => column.field),
  )
})

t.test('every row is accepted', async t => {
  const columns = contactColumns.map(({ field }, index) => ({ column: index + 1, field }))
  const mapper = prepareMapper(columns)
  const tally = new FindingsTally()
  let number = 1
  let accepted = 0
  for (const values of contactRows({ rows: 20_000 })) {
    number += 1
    const mapped = mapper.map({ number, cells: toCells(values) }, tally)
    if (mapped.kind === 'contact') accepted += 1
    else t.fail(`row ${number} is ${mapped.kind}`, { mapped })
  }
  t.equal(accepted, 20_000)
  t.strictSame(tally.findings(), [], 'and taken just as it stands')
})

function toCells(values: readonly SheetValue[]): SheetCell[] {
  return values.flatMap((value, index): SheetCell[] => {
    const column = index + 1
    if (typeof value === 'string') return [{ column, type: 'string', value }]
    if (typeof value === 'number') return [{ column, type: 'number', value, text: `${value}` }]
    if (!(value instanceof Date)) return []
    return [
      { column, type: 'date', value: value.toISOString().slice(0, 19), serial: null, kind: 'date' },
    ]
  })
}
