/**
 * How fast cells become values: each kind of column alone, in one thread, without reader or database. Rates
 * are of the processor's time, so that a busy machine says nearly the same. Usage:
 * `npx node run-normalise.ts [cells]`; a million cells by default.
 */

import { completeMapping } from '../src/contracts/mapping.ts'
import { builtInFields } from '../src/mapping/built-in-fields.ts'
import type { SheetCell } from '../src/mapping/cell.ts'
import { createFieldCatalogue } from '../src/mapping/field-catalogue.ts'
import { FindingsTally } from '../src/mapping/findings-tally.ts'
import { prepareRowMapper } from '../src/mapping/to-contact.ts'

interface Column {
  readonly name: string
  readonly field: string
  readonly region: string
  /** The text of the n-th cell. */
  text(at: number): string
}

const digits = (at: number, length: number) =>
  String((at * 7_919) % 10 ** length).padStart(length, '0')

const columns: readonly Column[] = [
  { name: 'phones, nine digits', field: 'phone', region: 'PL', text: at => `50${digits(at, 7)}` },
  {
    name: 'phones, grouped',
    field: 'phone',
    region: 'PL',
    text: at => `501 ${digits(at, 3)} ${digits(at * 3, 3)}`,
  },
  { name: 'phones with +48', field: 'phone', region: 'PL', text: at => `+4850${digits(at, 7)}` },
  {
    name: 'phones, no-break spaces',
    field: 'phone',
    region: 'PL',
    text: at => `501\u00a0${digits(at, 3)}\u00a0${digits(at * 3, 3)}`,
  },
  { name: 'phones, German', field: 'phone', region: 'DE', text: at => `0151 ${digits(at, 8)}` },
  {
    name: 'phones, British',
    field: 'phone',
    region: 'GB',
    text: at => `020 7946 ${digits(at, 4)}`,
  },
  {
    name: 'phones with words',
    field: 'phone',
    region: 'PL',
    text: at => `tel. 50${digits(at, 7)}`,
  },
  { name: 'phones, placeholders', field: 'phone', region: 'PL', text: at => placeholder(at) },
  {
    name: 'phones, two in a cell',
    field: 'phone',
    region: 'PL',
    text: at => `50${digits(at, 7)}, 60${digits(at, 7)}`,
  },
  {
    name: 'phones, refused',
    field: 'phone',
    region: 'PL',
    text: at => `12345${digits(at, 2)}`,
  },
  {
    name: 'e-mails',
    field: 'email',
    region: 'PL',
    text: at => `jan.kowalski.${digits(at, 6)}@example.com`,
  },
  { name: 'e-mails, placeholders', field: 'email', region: 'PL', text: at => placeholder(at) },
  {
    name: 'e-mails with names',
    field: 'email',
    region: 'PL',
    text: at => `Jan Kowalski <jan.${digits(at, 6)}@example.com>`,
  },
  { name: 'last names', field: 'lastName', region: 'PL', text: at => `Nowak${digits(at, 4)}` },
  {
    name: 'last names with signs',
    field: 'lastName',
    region: 'PL',
    text: at => `Sørensen_x${digits(at, 4)} 5% A\\B`,
  },
  {
    name: 'dates',
    field: 'birthDate',
    region: 'PL',
    text: at => `${digits(at % 28, 1)}1.0${1 + (at % 9)}.19${digits(at, 2)}`.replace(/^[3-9]/, '2'),
  },
]

function placeholder(at: number): string {
  return ['-', 'brak', 'n/d', '--', 'nie dotyczy', 'N/A', '0', '?'][at % 8]!
}

/** Cells as a reader gives them: a string of its own for each. */
function makeCells({ text }: Column, count: number): SheetCell[] {
  return Array.from({ length: count }, (_, at) => ({
    column: 1,
    type: 'string',
    value: Buffer.from(text(at)).toString(),
  }))
}

function measure(column: Column, count: number): string {
  const mapper = prepareRowMapper({
    mapping: completeMapping({
      sheet: 'S',
      headerRow: true,
      region: column.region,
      columns: [{ column: 1, field: column.field }],
    }),
    catalogue: createFieldCatalogue(builtInFields),
    today: '2026-01-31',
  })
  const cells = makeCells(column, Math.min(count, 100_000))
  const tally = new FindingsTally()
  const begun = process.cpuUsage()
  for (let number = 2; number < count + 2; number++) {
    mapper.map({ number, cells: [cells[number % cells.length]!] }, tally)
  }
  const { user, system } = process.cpuUsage(begun)
  const seconds = (user + system) / 1e6
  const found = tally.findings().map(({ code, count: times }) => `${code} ${times}`)
  return [
    column.name.padEnd(26),
    `${Math.round(count / seconds).toLocaleString('en')}/s`.padStart(14),
    `  ${found.join(', ')}`,
  ].join('')
}

const count = Number(process.argv[2] ?? 1_000_000)
for (const column of columns) console.log(measure(column, count))
