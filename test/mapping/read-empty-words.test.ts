import t from 'tap'
import type { Mapping } from '../../src/contracts/mapping.ts'
import type { SheetCell } from '../../src/mapping/cell.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { prepareMapper } from '../support/built-in-catalogue.ts'
import { dateCell, numberCell, stringCell } from './normalise/cells.ts'

/** What becomes of a cell of a field: its finding in short, or its value. */
function read(field: string, cell: SheetCell, choices: Partial<Mapping> = {}): string | null {
  const mapper = prepareMapper([{ column: 1, field }], choices)
  const tally = new FindingsTally()
  const mapped = mapper.map({ number: 2, cells: [cell] }, tally)
  const [finding] = tally.findings().filter(({ column }) => column === 1)
  const place = mapper.fields.findIndex(({ key }) => key === field)
  const value = mapped.kind === 'contact' ? mapped.values[place]! : null
  return finding ? `${finding.outcome} ${finding.code}` : value
}

const readText = (field: string, text: string) => read(field, stringCell(text))

const typedFields = ['phone', 'email', 'birthDate', 'nationalId', 'taxId', 'postalCode']

t.test(
  'in fields whose values have a form every word for nothing is left out, and told',
  async t => {
    const words = [
      ...[
        '-',
        '--',
        '—',
        '.',
        '?',
        '/',
        '…',
        'brak',
        'BRAK',
        'Brak',
        'brak telefonu',
        'brak danych',
        'b/d',
      ],
      ...[
        'n/d',
        'nd.',
        'N.D.',
        'nie dotyczy',
        'nie posiada',
        'nie ma',
        'N/A',
        'n.a.',
        'null',
        'NULL',
      ],
      ...[
        'none',
        'None',
        'nan',
        'NaN',
        'undefined',
        '(brak)',
        '-brak-',
        '#N/A',
        '#N/D!',
        '#DIV/0!',
        '#ARG!',
      ],
      ...[
        'not available',
        'k.A.',
        'keine Angabe',
        'není',
        'немає',
        'нет',
        'néant',
        'no tiene',
        'nu are',
        'nincs',
      ],
    ]
    for (const field of typedFields) {
      for (const word of words)
        t.equal(readText(field, word), 'repaired empty-word', `${field} ${word}`)
    }
  },
)

t.test('zeros, masks and codes alone are nothing', async t => {
  const table: Readonly<Record<string, readonly string[]>> = {
    phone: [
      '0',
      '00',
      '000000000',
      '000-000-000',
      '+48',
      '0048',
      '(+48)',
      '+48 ___ ___ ___',
      'xxx-xxx-xxx',
      'x',
    ],
    email: ['0', '@', 'brak@', 'x', 'brak maila'],
    birthDate: [
      '0',
      '00.00.0000',
      '0000-00-00',
      '__.__.____',
      'dd.mm.rrrr',
      '00.01.1900',
      '30.12.1899',
    ],
    nationalId: ['0', '00000000000', 'XXXXXXXXXXX'],
    postalCode: ['00-000', '__-___', '0'],
  }
  for (const [field, texts] of Object.entries(table)) {
    for (const text of texts)
      t.equal(readText(field, text), 'repaired empty-word', `${field} ${text}`)
  }
  t.equal(read('phone', numberCell(0)), 'repaired empty-word')
  t.equal(read('birthDate', dateCell('1899-12-31T00:00:00', 'date', 0)), 'repaired empty-word')
})

t.test('a value is never a word', async t => {
  t.equal(readText('phone', '501234567'), '+48501234567')
  t.equal(readText('email', 'brak.nowak@example.com'), 'brak.nowak@example.com')
  t.equal(readText('email', 'brak@example.com'), 'noted email-dummy')
  t.equal(readText('gender', 'unknown'), 'unknown')
  t.equal(readText('gender', 'x'), 'noted gender-doubtful')
  t.equal(readText('gender', 'n/d'), 'repaired empty-word')
  t.equal(readText('gender', 'keine Angabe'), 'unknown')
  t.equal(readText('postalCode', '00-950'), '00-950')
  t.equal(readText('phone', 'zadzwoń'), 'rejected phone-invalid')
})

t.test('in names and free text only what cannot be a name is left out', async t => {
  for (const field of ['lastName', 'city', 'notes', 'externalId']) {
    for (const text of [
      '-',
      '---',
      '?',
      '#N/A',
      '#N/D!',
      'N/A',
      'n/d',
      'NULL',
      'null',
      'brak',
      'BRAK',
      'undefined',
    ]) {
      t.equal(readText(field, text), 'repaired empty-word', `${field} ${text}`)
    }
    for (const text of ['Brak', 'Null', 'Nan', 'None']) {
      t.equal(readText(field, text), 'noted empty-word-doubtful', `${field} ${text}`)
    }
    for (const text of ['Kowalski', 'Nadolny', 'Bracka', 'O', '👍', '#1', 'Ó', 'Nullmeier']) {
      t.equal(readText(field, text), text, field)
    }
  }
})

t.test('a list may have words of its own', async t => {
  const own = { emptyValues: ['999999999', ' Do Uzupełnienia ', 'X'] }
  t.equal(read('phone', stringCell('999999999'), own), 'repaired empty-word')
  t.equal(read('phone', numberCell(999999999), own), 'repaired empty-word')
  t.equal(read('lastName', stringCell('do uzupełnienia'), own), 'repaired empty-word')
  t.equal(read('gender', stringCell('x'), own), 'repaired empty-word')
  t.equal(read('lastName', stringCell('Xawery'), own), 'Xawery')
  t.equal(read('notes', stringCell('x'.repeat(30_000)), own), 'x'.repeat(30_000))
})
